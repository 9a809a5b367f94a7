import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

type Case = readonly [file: string, source: string, rule: string];

/** What must fail: a file, what stands in it, and the rule that says so. */
const forbidden: readonly Case[] = [
  // Folders: one import of each row of the table that it does not allow.
  ...imports('model/value', '../ports.ts', '../campaign/parse.ts', '../plan/diff.ts'),
  ...imports('campaign/parse', '../ports.ts', '../recipients/phone.ts', '../input/load.ts', '../report/words.ts'),
  ...imports('campaign/rules/windows', '../../ledger/window.ts', '../../ports.ts', '../../version.ts'),
  ...imports(
    'recipients/phone',
    '../campaign/parse.ts',
    '../ledger/gate.ts',
    '../ports.ts',
    '../providers/contract.ts',
  ),
  ...imports(
    'plan/diff',
    '../ledger/match.ts',
    '../ports.ts',
    '../providers/registry.ts',
    '../providers/vocode/index.ts',
  ),
  ...imports(
    'ledger/advance',
    '../plan/diff.ts',
    '../store/contract/store.ts',
    '../run/run.ts',
    '../providers/registry.ts',
  ),
  ...imports('report/words', '../plan/diff.ts', '../ledger/gate.ts', '../cli/main.ts'),
  ...imports('providers/registry', '../ports.ts', '../remote/send.ts', '../sandbox/router.ts'),
  ...imports('providers/intron/calls', '../vocode/calls.ts', '../registry.ts', '../../ports.ts', '../../plan/diff.ts'),
  ...imports('sandbox/router', '../providers/contract.ts', '../remote/send.ts', '../system/clock.ts'),
  ...imports('system/clock', '../remote/send.ts', '../cli/main.ts', '../campaign/parse.ts'),
  ...imports('input/load-campaign', '../run/run.ts', '../store/contract/store.ts', '../system/files.ts'),
  ...imports('input/rows/csv', '../../plan/diff.ts', '../../run/run.ts'),
  ...imports('remote/send', '../providers/registry.ts', '../store/contract/store.ts', '../ledger/gate.ts'),
  ...imports('store/sqlite', '../ledger/advance.ts', '../run/run.ts', '../remote/send.ts'),
  ...imports('apply/apply', '../store/sqlite.ts', '../providers/registry.ts', '../ledger/gate.ts', '../run/run.ts'),
  ...imports('run/dispatch', '../store/sqlite.ts', '../plan/diff.ts', '../apply/apply.ts', '../campaign/parse.ts'),
  ...imports('cli/main', '../system/world.ts', '../bin.ts'),
  ...imports('cli/commands/plan', '../../system/world.ts'),

  // However it is written.
  ['plan/type-import', "import type { Gate } from '../ledger/gate.ts';", 'no-restricted-imports'],
  ['plan/re-export', "export { gate } from '../ledger/gate.ts';", 'no-restricted-imports'],
  ['plan/re-export-all', "export * from '../ledger/gate.ts';", 'no-restricted-imports'],
  ['plan/lazy', "export const gate = import('../ledger/gate.ts');", 'no-restricted-imports'],
  ['plan/type-query', "export type Gate = import('../ledger/gate.ts').Gate;", 'consistent-type-imports'],

  // Packages: each outside the only place that may have it.
  ...imports('model/packages', 'yaml', 'ajv', 'luxon', 'node:fs', 'node:timers/promises'),
  ...imports('campaign/packages', 'csv-parse', 'libphonenumber-js', 'luxon', 'commander', 'node:crypto', 'node:fs'),
  ...imports('recipients/packages', 'yaml', 'csv-parse', 'handlebars', 'node:process'),
  ...imports('plan/packages', 'luxon', 'ajv/dist/2020.js', 'node:os', 'node:perf_hooks'),
  ...imports('ledger/packages', 'luxon', 'libphonenumber-js', 'p-limit', 'node:sqlite'),
  ...imports('report/packages', 'luxon', 'node:console', 'node:readline'),
  ...imports('providers/vocode/packages', 'undici', 'luxon', 'node:crypto', 'node:http'),
  ...imports('sandbox/packages', 'node:http', 'node:fs', 'undici'),
  ...imports('system/packages', 'undici', 'node:http', 'node:sqlite', 'yaml'),
  ...imports('input/packages', 'csv-parse', 'pg', 'yaml', 'node:sqlite', 'node:fs/promises'),
  ...imports('input/rows/packages', 'pg', 'node:sqlite', 'undici'),
  ...imports('remote/packages', 'undici', 'node:https', 'node:net'),
  ...imports('store/packages', 'p-limit', 'pg', 'node:http', 'node:child_process'),
  ...imports('apply/packages', 'pg', 'undici', 'node:fs'),
  ...imports('run/packages', 'pg', 'p-limit', 'csv-parse', 'node:http'),
  ...imports('cli/packages', 'yaml', 'undici', 'node:fs', 'node:process'),
  [
    'model/draws',
    "import { randomUUID } from 'node:crypto';\nexport const id = randomUUID();",
    'no-restricted-imports',
  ],

  // Purity: time, chance and the world come as arguments.
  ...['model', 'campaign', 'recipients', 'plan', 'ledger', 'report', 'providers/vocode', 'sandbox'].flatMap(
    (folder) => [
      ...globals(folder, 'no-restricted-globals', ['new Date(0)', 'process.cwd()', "fetch('http://clinic.test')"]),
      ...globals(folder, 'no-restricted-globals', [
        'setTimeout(Boolean, 1)',
        "console.log('late')",
        'performance.now()',
      ]),
      ...globals(folder, 'no-restricted-globals', ['globalThis.Date', 'crypto.randomUUID()', 'Intl.Locale']),
      ...globals(folder, 'no-restricted-properties', ['Math.random()']),
    ],
  ),
  ...['input', 'remote', 'store', 'apply', 'run', 'cli'].flatMap((folder) => [
    ...globals(folder, 'no-restricted-globals', [
      'process.cwd()',
      "fetch('http://clinic.test')",
      'setTimeout(Boolean, 1)',
    ]),
    ...globals(folder, 'no-restricted-properties', ['Math.random()', 'Date.now()', 'AbortSignal.timeout(1)']),
  ]),
  [
    'recipients/now',
    "import { DateTime } from 'luxon';\nexport const now = DateTime.now();",
    'no-restricted-properties',
  ],

  // Style.
  ['plan/default-export', 'export default 1;', 'no-default-export'],
  ['plan/any', 'export function read(value: any): unknown {\n  return value;\n}', 'no-explicit-any'],
  ['plan/non-null', 'export function read(value?: string): string {\n  return value!;\n}', 'no-non-null-assertion'],
  ['plan/loose', 'export function same(a: unknown, b: unknown): boolean {\n  return a == b;\n}', 'eqeqeq'],
  ['plan/badName', 'export const reminder = 1;', 'filename-case'],
  [
    'plan/long',
    Array.from({ length: 301 }, (_, line) => `export const call${line} = ${line};`).join('\n'),
    'max-lines',
  ],
  ['cli/prints', "console.log('3 calls');", 'no-console'],
  ['plan/cycle-a', "import type { B } from './cycle-b.ts';\nexport type A = { b?: B };", 'no-cycle'],
  ['plan/cycle-b', "import type { A } from './cycle-a.ts';\nexport type B = { a?: A };", 'no-cycle'],
  ['plan/throws-text', "export function fail(): never {\n  throw 'no answer';\n}", 'only-throw-error'],
  [
    'plan/floats',
    'async function call(): Promise<void> {}\nexport function run(): void {\n  call();\n}',
    'no-floating-promises',
  ],
  ['plan/forgets', kindSwitch("case 'sms':\n      return 1;"), 'switch-exhaustiveness-check'],
  [
    'plan/hides',
    kindSwitch("case 'sms':\n    case 'call':\n      return 1;\n    default:\n      return 2;"),
    'switch-exhaustiveness-check',
  ],
];

/** The neighbours of what is forbidden: no rule may say a word. */
const allowed: readonly (readonly [file: string, source: string])[] = [
  ...permits('model/digest', 'node:crypto:createHmac', './value.ts:printValue'),
  ...permits(
    'campaign/check',
    'yaml:parse',
    'ajv/dist/2020.js:Ajv',
    'handlebars:parse',
    '../model/value.ts:printValue',
  ),
  ...permits('campaign/template/format', 'luxon:DateTime', '../rules/windows.ts:checkWindows'),
  ...permits('recipients/zone', 'luxon:DateTime', 'libphonenumber-js:parsePhoneNumber'),
  ...permits('plan/desired', '../providers/contract.ts:Provider', 'node:util:isDeepStrictEqual'),
  ...permits('ledger/window', '../providers/contract.ts:Provider'),
  ...permits(
    'providers/vocode/index',
    '../contract.ts:Provider',
    './calls.ts:calls',
    '../../model/value.ts:printValue',
  ),
  ...permits('providers/list', './vocode/index.ts:vocode'),
  ...permits('sandbox/life', '../ports.ts:Clock'),
  ...permits('system/http', 'undici:request', '../ports.ts:Http', 'node:os:tmpdir'),
  ...permits('system/serve', 'node:http:createServer', 'node:fs:readFileSync'),
  ...permits('input/rows/csv-rows', 'csv-parse:parse', '../../ports.ts:Files', '../../campaign/parse.ts:parse'),
  ...permits('input/rows/sql', 'node:sqlite:DatabaseSync', 'pg:Client'),
  ...permits('remote/pull', '../providers/contract.ts:Pull'),
  ...permits('store/sqlite/file', '../../ports.ts:Clock', 'node:fs:chmodSync'),
  ...permits(
    'apply/observe',
    'p-limit:pLimit',
    '../store/contract/store.ts:Store',
    '../plan/diff.ts:diff',
    '../remote/send.ts:send',
  ),
  ...permits('run/worker', '../ledger/advance.ts:advance', '../recipients/read.ts:read'),
  ...permits('cli/commands/run', '../../run/run.ts:run', '../../sandbox/router.ts:router', 'commander:Command'),
  ['ledger/local-time-days', "export const zone = new Intl.DateTimeFormat('de').resolvedOptions().timeZone;"],
  ['system/clock-now', 'export const now = (): number => Date.now();'],
  ['store/stamp', 'export const stamp = (atMs: number): string => new Date(atMs).toISOString();'],
  ['plan/whole', kindSwitch("case 'sms':\n      return 1;\n    case 'call':\n      return 2;")],
];

let folder = '';
let findings: ReadonlyMap<string, readonly string[]> = new Map();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'import-rules-'));
  const root = join(import.meta.dirname, '../..');
  for (const name of ['oxlint.config.ts', 'scripts/import-table.ts', 'tsconfig.json', 'package.json']) {
    cpSync(join(root, name), join(folder, name));
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const [file, source] of [...forbidden, ...allowed]) {
    const path = join(folder, 'src', `${file}.ts`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${source}\n`);
  }
  findings = lint();
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const folders = [...new Set(forbidden.map(([file]) => file.slice(0, file.indexOf('/'))))];

test.each(folders)('lint forbids in %s every import and global that it must not have', (name) => {
  const unseen = forbidden.filter(
    ([file, , rule]) => file.startsWith(`${name}/`) && !findings.get(file)?.includes(rule),
  );
  expect(unseen).toEqual([]);
});

test('lint says nothing about what each place may have', () => {
  const spoken = allowed.flatMap(([file]) => (findings.get(file) ?? []).map((rule) => `${file}: ${rule}`));
  expect(spoken).toEqual([]);
});

/** One file per import, so that each is seen to fail by itself. */
function imports(file: string, ...specifiers: readonly string[]): Case[] {
  return specifiers.map((specifier, index) => [`${file}-${index}`, `import '${specifier}';`, 'no-restricted-imports']);
}

function globals(folderName: string, rule: string, expressions: readonly string[]): Case[] {
  return expressions.map((expression) => [
    `${folderName}/${expression.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`,
    `export const value: unknown = ${expression};`,
    rule,
  ]);
}

/** `specifier:name` pairs, all imported and used in one file. */
function permits(file: string, ...specifiers: readonly string[]): (readonly [string, string])[] {
  const pairs = specifiers.map((pair) => [pair.slice(0, pair.lastIndexOf(':')), pair.slice(pair.lastIndexOf(':') + 1)]);
  return [[file, pairs.map(([specifier, name]) => `export { ${name} } from '${specifier}';`).join('\n')]];
}

function kindSwitch(cases: string): string {
  return `export function rank(kind: 'sms' | 'call'): number | undefined {\n  switch (kind) {\n    ${cases}\n  }\n}`;
}

/** The rules that spoke, by file under src/ without its ending. */
function lint(): ReadonlyMap<string, readonly string[]> {
  const oxlint = join(folder, 'node_modules/oxlint/bin/oxlint');
  const { stdout } = spawnSync(process.execPath, [oxlint, '--format=json', 'src'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly { code: string; filename: string }[] };
  const byFile = Map.groupBy(diagnostics, ({ filename }) => filename.replace(/^src\//, '').replace(/\.ts$/, ''));
  return new Map(
    [...byFile].map(([file, found]) => [file, found.map(({ code }) => /\((.+)\)/.exec(code)?.[1] ?? code)]),
  );
}

/**
 * Packs callplan, puts the packed file into an empty project as npm would, and tries there what only an installed package
 * can show: both entry points of the provider kit, their types, the program with a module as its provider, and a run that
 * needs whatever else was bundled. Nothing else is installed but Node's types.
 */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { postgres, postgresPrograms } from '../test/support/postgres.ts';

const root = join(import.meta.dirname, '..');
const project = mkdtempSync(join(tmpdir(), 'callplan-package-'));
const bin = join(project, 'node_modules/callplan/dist/bin.js');

try {
  install();
  addProject();
  await run('the tests of the example', ['--test', 'acme.test.js']);
  await run('the types of the kit', [join(root, 'node_modules/typescript/bin/tsc'), '-p', '.']);
  await run('the schemas', [bin, 'schema', 'campaign']);
  await run('the program', [bin, 'rehearse', 'campaign.yaml', '--allow-provider', 'acme.js']);
  await runOverHttp();
} finally {
  rmSync(project, { recursive: true, force: true });
}

function install(): void {
  execFileSync('npm', ['pack', '--silent', '--pack-destination', project], { cwd: root, stdio: 'pipe' });
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };
  const target = join(project, 'node_modules/callplan');
  mkdirSync(target, { recursive: true });
  const packed = join(project, `callplan-${version}.tgz`);
  execFileSync('tar', ['-xzf', packed, '-C', target, '--strip-components=1']);
  const types = join(project, 'node_modules/@types/node');
  mkdirSync(dirname(types), { recursive: true });
  symlinkSync(join(root, 'node_modules/@types/node'), types);
}

function addProject(): void {
  cpSync(join(root, 'docs/example-provider'), project, { recursive: true });
  writeFileSync(join(project, 'package.json'), JSON.stringify({ type: 'module' }));
  const compilerOptions = {
    target: 'es2024',
    module: 'nodenext',
    types: ['node'],
    strict: true,
    noEmit: true,
    allowJs: true,
    checkJs: true,
  };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.js'] }));
}

/** A whole run from a list in a file, and in a database where there is one, against the sandbox. */
async function runOverHttp(): Promise<void> {
  const sandbox = spawn(process.execPath, [bin, 'sandbox', 'intron', '--call-seconds', '0'], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [greeting] = (await once(sandbox.stdout, 'data')) as [Buffer];
    const origin = /http:[^,\s]+/.exec(greeting.toString())?.[0] ?? '';
    writeFileSync(join(project, 'people.csv'), 'id,name,phone\n1,Ada,+2348030000001\n');
    writeFileSync(join(project, 'run.yaml'), campaignYaml(origin, 'csv: people.csv'));
    await run('a run over HTTP', [bin, 'run', 'run.yaml', '--apply', '--approve', '1']);
    if (postgresPrograms === undefined) return;
    await using server = await postgres();
    const query = "select 2 as id, 'Bola' as name, '+2348030000002' as phone";
    const source = `sql: "\${env.CLINIC_DB}", query: "${query}"`;
    writeFileSync(join(project, 'run.yaml'), campaignYaml(origin, source));
    await run('a run from a database', [bin, 'run', 'run.yaml', '--approve', '1'], { CLINIC_DB: server.address });
  } finally {
    sandbox.kill();
  }
}

function campaignYaml(origin: string, source: string): string {
  return `version: 1
campaign: garage-recall
wave: "2026-11"
provider: {type: intron, api_key: "\${env.INTRON_API_KEY}", base_url: "${origin}/voicebot/v1"}
workflow: {name: Recall, workflow_type: ROBOCALL, message: "Hello {{name}}"}
recipients:
  from: [{${source}}]
  id: "{{id}}"
  phone: "{{phone}}"
execution: {windows: always, follow_up: {every: 1s, for: 1m}}
`;
}

async function run(
  what: string,
  argv: readonly string[],
  secrets: Readonly<Record<string, string>> = {},
): Promise<void> {
  try {
    const env = { ...process.env, INTRON_API_KEY: 'made-up', ...secrets };
    await promisify(execFile)(process.execPath, argv, { cwd: project, env });
    console.log(`ok: ${what}`);
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout: string; readonly stderr: string };
    console.error(`failed: ${what}\n${stdout}${stderr}`);
    process.exitCode = 1;
  }
}

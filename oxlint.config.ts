import { builtinModules } from 'node:module';
import { defineConfig, type OxlintConfig, type OxlintOverride } from 'oxlint';
import {
  harmlessModules,
  importTable,
  intlPlaces,
  packagePlaces,
  pureCrypto,
  rootImports,
  type Row,
} from './scripts/import-table.ts';

type Rules = NonNullable<OxlintOverride['rules']>;
type Pattern = {
  readonly group?: string[];
  readonly regex?: string;
  readonly allowImportNames?: string[];
  readonly message: string;
};

const seeTable = 'See "Who may import whom" in docs/architecture.md.';

/** What only src/system may touch; everything else is handed a port. */
const worldGlobals = [
  'clearImmediate',
  'clearInterval',
  'clearTimeout',
  'console',
  'crypto',
  'fetch',
  'performance',
  'process',
  'setImmediate',
  'setInterval',
  'setTimeout',
  'Temporal',
  'WebSocket',
];

const worldProperties = [
  { object: 'AbortSignal', property: 'timeout' },
  { object: 'Date', property: 'now' },
  { object: 'DateTime', property: 'now' },
  { object: 'Math', property: 'random' },
];

const cryptoPattern: Pattern = {
  group: ['node:crypto'],
  allowImportNames: [...pureCrypto],
  message: 'Random bytes come from the Random port (src/ports.ts).',
};

/** A provider knows what all share, no other provider and not the list of them. */
const siblingProviders: Pattern = {
  regex: '^\\.\\./([^./][^/]*/|registry\\.ts$)',
  message: `A provider does not know another. ${seeTable}`,
};

const config: OxlintConfig = defineConfig({
  plugins: ['eslint', 'typescript', 'unicorn', 'oxc', 'import'],
  categories: { correctness: 'error', suspicious: 'error' },
  options: { typeAware: true, reportUnusedDisableDirectives: 'error' },
  ignorePatterns: ['coverage', 'dist', '.stryker-tmp', 'src/model/generated'],
  rules: {
    // The compiler knows better: an exhaustive switch needs no last return.
    'consistent-return': 'off',
    eqeqeq: 'error',
    'import/no-cycle': ['error', { ignoreTypes: false }],
    'import/no-default-export': 'error',
    'max-depth': ['error', 3],
    'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
    'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
    'no-console': 'error',
    'no-else-return': 'error',
    'no-param-reassign': 'error',
    'typescript/consistent-type-imports': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-non-null-assertion': 'error',
    'typescript/only-throw-error': 'error',
    'typescript/switch-exhaustiveness-check': ['error', { allowDefaultCaseForExhaustiveSwitch: false }],
    'unicorn/filename-case': ['error', { case: 'kebabCase' }],
    'unicorn/prefer-node-protocol': 'error',
  },
  overrides: [
    ...importTable.map(folderRules),
    ...smallerPlaces().map(placeRules),
    ...Object.keys(rootImports).map(rootRules),
    { files: intlPlaces.flatMap(filesOf), rules: globalRules('pure', { intl: true }) },
    {
      files: ['src/providers/*/**'],
      rules: restrictImports([...patternsFor('providers', 'providers'), siblingProviders]),
    },
    { files: ['*.config.ts'], rules: { 'import/no-default-export': 'off' } },
    { files: ['docs/**'], rules: { 'import/no-default-export': 'off', 'max-lines-per-function': 'off' } },
    {
      files: ['test/**', 'bench/**', 'scripts/**'],
      rules: {
        'max-lines': 'off',
        'max-lines-per-function': 'off',
        'no-console': 'off',
        'typescript/no-unsafe-type-assertion': 'off',
        'unicorn/consistent-function-scoping': 'off',
      },
    },
  ],
});

export default config;

function folderRules({ folder, kind }: Row): OxlintOverride {
  return {
    files: [`src/${folder}/**`],
    rules: { ...restrictImports(patternsFor(folder, folder)), ...globalRules(kind, { intl: false }) },
  };
}

/** The places of the package table that are less than a folder; shorter first, as the last match wins. */
function smallerPlaces(): readonly string[] {
  const places = Object.values(packagePlaces).flat();
  return [...new Set(places)].filter((place) => place.includes('/')).toSorted((a, b) => a.length - b.length);
}

function placeRules(place: string): OxlintOverride {
  const folder = place.slice(0, place.indexOf('/'));
  return { files: filesOf(place), rules: restrictImports(patternsFor(folder, place)) };
}

function filesOf(place: string): string[] {
  return [`src/${place}.ts`, `src/${place}-*.ts`, `src/${place}/**`];
}

function rootRules(file: string): OxlintOverride {
  const allowed = rootImports[file] ?? [];
  return {
    files: [`src/${file}`],
    rules: restrictImports([folderPattern(allowed, file, ['./']), packagePattern(file)]),
  };
}

function restrictImports(patterns: readonly Pattern[]): Rules {
  return { 'no-restricted-imports': ['error', { patterns: [...patterns] }] };
}

function patternsFor(folder: string, place: string): Pattern[] {
  const row = importTable.find((candidate) => candidate.folder === folder);
  if (row === undefined) throw new Error(`${folder} has no row in scripts/import-table.ts`);
  const patterns = [
    folderPattern([folder, ...row.imports], folder, ['../', '../../', '../../../']),
    packagePattern(place),
  ];
  return row.kind === 'system' ? patterns : [...patterns, cryptoPattern];
}

/** Forbids every folder and root file but the allowed; an allowed part of a folder opens it for itself only. */
function folderPattern(allowed: readonly string[], from: string, prefixes: readonly string[]): Pattern {
  const folders = importTable.map((row) => row.folder).filter((folder) => !allowed.includes(folder));
  const files = Object.keys(rootImports).filter((file) => !allowed.includes(file));
  const parts = allowed.filter((entry) => entry.includes('/') || entry.endsWith('.ts'));
  const exceptions = parts.map((entry) => (entry.endsWith('.ts') ? entry : `${entry}/**`));
  return {
    group: prefixes.flatMap((prefix) => [
      ...folders.map((folder) => `${prefix}${folder}/**`),
      ...files.map((file) => `${prefix}${file}`),
      ...exceptions.map((file) => `!${prefix}${file}`),
    ]),
    message: `src/${from} may import only: ${allowed.join(', ')}. ${seeTable}`,
  };
}

function packagePattern(place: string): Pattern {
  const named = Object.keys(packagePlaces).filter((name) => !isAllowed(name, place));
  const worldly = place.startsWith('system') ? [] : worldModules().filter((name) => !isAllowed(name, place));
  const names = [...new Set([...named, ...worldly])].map((name) => name.replace('.', '\\.'));
  return { regex: `^(${names.join('|')})(/|$)`, message: `Not for src/${place}. ${seeTable}` };
}

function isAllowed(name: string, place: string): boolean {
  const places = packagePlaces[name] ?? [];
  return places.some((allowed) => place === allowed || place.startsWith(`${allowed}/`));
}

function worldModules(): string[] {
  return builtinModules
    .map((name) => name.replace(/^node:/, '').split('/')[0] ?? name)
    .filter((name) => !harmlessModules.includes(name))
    .map((name) => `node:${name}`);
}

function globalRules(kind: Row['kind'], { intl }: { readonly intl: boolean }): Rules {
  if (kind === 'system') return {};
  const timeless = kind === 'pure' || kind === 'virtual';
  const globals = [...worldGlobals, ...(timeless ? ['Date'] : []), ...(timeless && !intl ? ['Intl'] : [])];
  const message = 'It reaches the world: take it as an argument or a port (src/ports.ts).';
  return {
    'no-restricted-globals': [
      'error',
      { globals: globals.map((name) => ({ name, message })), checkGlobalObject: true },
    ],
    'no-restricted-properties': ['error', ...worldProperties.map((property) => ({ ...property, message }))],
  };
}

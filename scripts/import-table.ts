/**
 * Who may import whom, as data: oxlint.config.ts turns it into lint rules, docs/architecture.md says it in words.
 * A folder is wholly pure (values in, values out) or wholly shell.
 */

export type Row = {
  readonly folder: string;
  /** `virtual`: no I/O but what the clock and random ports give, so that it runs under a virtual clock. */
  readonly kind: 'pure' | 'virtual' | 'shell' | 'system';
  /** Folders (`plan`), parts of them (`store/contract`) and single files (`ports.ts`) under src/, besides the folder itself. */
  readonly imports: readonly string[];
};

export const importTable: readonly Row[] = [
  { folder: 'model', kind: 'pure', imports: [] },
  { folder: 'campaign', kind: 'pure', imports: ['model'] },
  { folder: 'recipients', kind: 'pure', imports: ['model'] },
  { folder: 'plan', kind: 'pure', imports: ['model', 'providers/contract.ts'] },
  { folder: 'ledger', kind: 'pure', imports: ['model', 'providers/contract.ts'] },
  { folder: 'report', kind: 'pure', imports: ['model'] },
  { folder: 'providers', kind: 'pure', imports: ['model'] },
  { folder: 'sandbox', kind: 'virtual', imports: ['model', 'ports.ts'] },
  { folder: 'system', kind: 'system', imports: ['model', 'ports.ts'] },
  { folder: 'input', kind: 'shell', imports: ['model', 'ports.ts', 'campaign', 'recipients'] },
  { folder: 'remote', kind: 'shell', imports: ['model', 'ports.ts', 'providers/contract.ts'] },
  { folder: 'store', kind: 'shell', imports: ['model', 'ports.ts'] },
  {
    folder: 'apply',
    kind: 'shell',
    imports: ['model', 'ports.ts', 'plan', 'remote', 'store/contract', 'providers/contract.ts'],
  },
  {
    folder: 'run',
    kind: 'shell',
    imports: ['model', 'ports.ts', 'recipients', 'ledger', 'remote', 'store/contract', 'providers/contract.ts'],
  },
  {
    folder: 'provider-kit',
    kind: 'shell',
    imports: [
      'model',
      'ports.ts',
      'campaign',
      'plan',
      'ledger',
      'providers/contract.ts',
      'providers/answer.ts',
      'sandbox',
      'remote',
      'system/virtual-clock.ts',
    ],
  },
  {
    folder: 'cli',
    kind: 'shell',
    imports: [
      'model',
      'ports.ts',
      'version.ts',
      'campaign',
      'input',
      'recipients',
      'plan',
      'ledger',
      'report',
      'providers',
      'provider-kit',
      'sandbox',
      'remote',
      'store',
      'apply',
      'run',
    ],
  },
];

/** The files beside the folders. */
export const rootImports: Readonly<Record<string, readonly string[]>> = {
  'bin.ts': ['cli', 'system', 'version.ts'],
  'ports.ts': ['model'],
  'version.ts': [],
};

/**
 * The only places that may import a package, or a module of Node's that reaches the world.
 * A place is a folder, or a file without its ending (`system/http`: http.ts, http-*.ts and http/).
 */
export const packagePlaces: Readonly<Record<string, readonly string[]>> = {
  ajv: ['campaign'],
  handlebars: ['campaign'],
  yaml: ['campaign'],
  luxon: ['campaign/template', 'recipients'],
  'libphonenumber-js': ['recipients'],
  'csv-parse': ['input/rows'],
  pg: ['input/rows/sql'],
  'p-limit': ['apply'],
  commander: ['cli'],
  undici: ['system/http'],
  'node:crypto': ['model', 'system'],
  'node:fs': ['store', 'system'],
  'node:http': ['system/serve'],
  'node:https': [],
  'node:http2': [],
  'node:sqlite': ['input/rows/sql', 'store'],
};

/** Node's modules that only compute: free everywhere. The others are for src/system, or have a place above. */
export const harmlessModules: readonly string[] = [
  'assert',
  'buffer',
  'events',
  'path',
  'stream',
  'string_decoder',
  'url',
  'util',
  'zlib',
];

/** What of node:crypto gives equal bytes for equal input; the rest draws random numbers. */
export const pureCrypto: readonly string[] = ['createHash', 'createHmac', 'hash', 'timingSafeEqual'];

/** Where the language's own locale and zone data may be asked. */
export const intlPlaces: readonly string[] = ['campaign/template', 'ledger/local-time', 'recipients/zone'];

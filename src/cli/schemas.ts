import { fileURLToPath } from 'node:url';

type Schema = { readonly about: string; readonly file: string };

/** Kind to what it describes and its file in the package's schema folder. */
const schemas: ReadonlyMap<string, Schema> = new Map([
  ['campaign', { about: 'a campaign file', file: 'campaign' }],
  ['intron', { about: 'the provider, workflow and call blocks of Intron', file: 'providers/intron' }],
  ['diagnostic', { about: 'a finding, as JSON outputs hold it', file: 'diagnostic' }],
  ['validation', { about: 'the output of validate --format json', file: 'validation' }],
  ['preview', { about: 'the output of preview --format json', file: 'preview' }],
  ['plan', { about: 'the output of plan --format json', file: 'plan' }],
  ['application', { about: 'the output of apply --format json', file: 'application' }],
  ['status', { about: 'the output of status --format json', file: 'status' }],
  ['run', { about: 'the output of run --format json', file: 'run' }],
  ['rehearsal', { about: 'the output of rehearse --format json', file: 'rehearsal' }],
  ['resolved', { about: 'the output of resolve --format json', file: 'resolved' }],
  ['resumed', { about: 'the output of resume --format json', file: 'resumed' }],
  ['findings', { about: 'findings that kept a command from its work', file: 'findings' }],
  ['failure', { about: 'why any command could not do its work', file: 'failure' }],
  ['manifest', { about: "a wave's manifest.json", file: 'manifest' }],
  ['result', { about: "a line of a wave's results.jsonl", file: 'result' }],
]);

/** What `callplan schema` knows, in the order of its list. */
export const schemaKinds: readonly string[] = [...schemas.keys()];

/** Undefined for a word that is no kind. */
export function schemaOf(kind: string): { readonly about: string; readonly path: string } | undefined {
  const found = schemas.get(kind);
  if (found === undefined) return undefined;
  // src/cli and dist/cli lie equally deep below the package, so that this holds in a checkout and when installed.
  const path = fileURLToPath(new URL(`../../schema/${found.file}.schema.json`, import.meta.url));
  return { about: found.about, path };
}

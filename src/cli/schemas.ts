import { fileURLToPath } from 'node:url';
import type { ModuleBlocks } from '../campaign/language.ts';
import type { Library, Schema } from '../campaign/schema.ts';
import type { Files } from '../ports.ts';
import { bundle } from './schema/bundle.ts';
import { soundProviders } from './sound-providers.ts';
import type { World } from './world.ts';

type Known = { readonly about: string; readonly file: string };

/** Kind to what it describes and its file in the package's schema folder. */
const schemas: ReadonlyMap<string, Known> = new Map([
  ['campaign', { about: 'a campaign file', file: 'campaign' }],
  ['intron', { about: 'the provider, workflow and call blocks of Intron', file: 'providers/intron' }],
  ['happyrobot', { about: 'the provider, use_case and call blocks of HappyRobot', file: 'providers/happyrobot' }],
  ['voiceos', { about: 'the provider, agent and call blocks of VoiceOS', file: 'providers/voiceos' }],
  ['vocode', { about: 'the provider, agent and call blocks of Vocode', file: 'providers/vocode' }],
  ['diagnostic', { about: 'a finding, as JSON outputs hold it', file: 'diagnostic' }],
  ['trip', { about: 'why a wave stopped itself, as JSON outputs hold it', file: 'trip' }],
  ['validation', { about: 'the output of validate --format json', file: 'validation' }],
  ['preview', { about: 'the output of preview --format json', file: 'preview' }],
  ['plan', { about: 'the output of plan --format json', file: 'plan' }],
  ['application', { about: 'the output of apply --format json', file: 'application' }],
  ['status', { about: 'the output of status --format json', file: 'status' }],
  ['run', { about: 'the output of run and rerun --format json', file: 'run' }],
  ['diff', { about: 'the output of diff --format json', file: 'diff' }],
  ['rehearsal', { about: 'the output of rehearse --format json', file: 'rehearsal' }],
  ['test_call', { about: 'the output of call --format json', file: 'test-call' }],
  ['history', { about: 'the output of history --format json', file: 'history' }],
  ['results', { about: 'the output of results --format json', file: 'results' }],
  ['resolved', { about: 'the output of resolve --format json', file: 'resolved' }],
  ['paused', { about: 'the output of pause --format json', file: 'paused' }],
  ['cancelled', { about: 'the output of cancel --format json', file: 'cancelled' }],
  ['resumed', { about: 'the output of resume --format json', file: 'resumed' }],
  ['opt_outs', { about: 'the output of suppress list --format json', file: 'opt-outs' }],
  ['opt_outs_changed', { about: 'the output of suppress add and remove --format json', file: 'opt-outs-changed' }],
  ['findings', { about: 'findings that kept a command from its work', file: 'findings' }],
  ['failure', { about: 'why any command could not do its work', file: 'failure' }],
  ['manifest', { about: "a wave's manifest.json", file: 'manifest' }],
  ['result', { about: "a line of a wave's results.jsonl", file: 'result' }],
  ['sandbox', { about: 'the first line of sandbox --format json', file: 'sandbox' }],
  ['sandbox_ended', { about: 'the output of sandbox --format json when it ends', file: 'sandbox-ended' }],
  ['faults', { about: 'the output of sandbox --fault help --format json', file: 'faults' }],
  ['providers', { about: 'the output of providers --format json', file: 'providers' }],
  ['explanation', { about: 'the output of explain CODE --format json', file: 'explanation' }],
  ['codes', { about: 'the output of explain --format json', file: 'codes' }],
  ['schemas', { about: 'the output of schema --format json', file: 'schemas' }],
]);

/** What `callplan schema` knows, in the order of its list. */
export const schemaKinds: readonly string[] = [...schemas.keys()];

/** What a kind describes; undefined for a word that is no kind. */
export function aboutSchema(kind: string): string | undefined {
  return schemas.get(kind)?.about;
}

/** The schema of a kind with all that it refers to; undefined for a word that is no kind. */
export async function readSchema(
  kind: string,
  { files, providers }: Pick<World, 'files' | 'providers'>,
): Promise<Schema | undefined> {
  const blocks = soundProviders(providers).map((own) => own.blocks);
  const own = blocks.find(({ name }) => name === kind);
  const found = own === undefined ? schemas.get(kind) : { file: `providers/${own.name}` };
  if (found === undefined) return undefined;
  const all = [...schemas.values()].map(
    async ({ file }) => [`${file}.schema.json`, await readOne(file, files)] as const,
  );
  const known = { ...Object.fromEntries(await Promise.all(all)), ...(await libraryOf(blocks)) };
  return bundle(`${found.file}.schema.json`, `urn:callplan:schema:${kind}`, new Map(Object.entries(known)));
}

/** The campaign's schemas with those of modules; loaded only for them. */
async function libraryOf(blocks: readonly ModuleBlocks[]): Promise<Library> {
  if (blocks.length === 0) return {};
  const { libraryWith } = await import('../campaign/language.ts');
  return libraryWith(blocks);
}

async function readOne(file: string, files: Pick<Files, 'read'>): Promise<Schema> {
  // src/cli and dist/cli lie equally deep below the package, so that this holds in a checkout and when installed.
  const path = fileURLToPath(new URL(`../../schema/${file}.schema.json`, import.meta.url));
  return Object(JSON.parse(new TextDecoder().decode(await files.read(path))));
}

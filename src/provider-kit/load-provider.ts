/**
 * A file that the command line lets in becomes a provider, or words that say why it cannot. Its code runs here, once;
 * whatever it does wrong is a problem to be told, never a stack trace.
 */
import type { CampaignProvider } from '../campaign/campaign-provider.ts';
import { libraryWith } from '../campaign/language.ts';
import type { Language, ModuleBlocks } from '../campaign/language.ts';
import { notesAt } from '../campaign/schema-notes.ts';
import type { Clock, Modules } from '../ports.ts';
import type { Provider } from '../providers/contract.ts';
import type { SandboxKind } from '../sandbox/registry.ts';
import type { ProviderDefinition } from './definition.ts';
import { guarded, guardedSandbox } from './guarded.ts';
import { saidBy } from './provider-fault.ts';
import { definitionShape, lacks, membersOf } from './shape.ts';

/** A provider that came from a module. */
export type OwnProvider = {
  readonly provider: Provider & Required<Pick<CampaignProvider, 'language'>>;
  readonly blocks: Required<ModuleBlocks>;
  readonly sandbox?: SandboxKind;
};

export type LoadedProvider =
  | { readonly kind: 'loaded'; readonly own: OwnProvider }
  /** `problem`: what it is that the module does, as the rest of a sentence about it. */
  | { readonly kind: 'failed'; readonly problem: string };

/** How long a module may take to load. */
const patienceMs = 10_000;

/** `file`: the module's name without folders. */
export async function loadProvider(
  { path, file }: { readonly path: string; readonly file: string },
  { modules, clock }: { readonly modules: Modules; readonly clock: Clock },
): Promise<LoadedProvider> {
  const loaded = await loadedWithin(modules.load(path), clock);
  if ('problem' in loaded) return { kind: 'failed', problem: loaded.problem };
  const definition = loaded.exported['default'];
  if (definition === undefined) {
    return { kind: 'failed', problem: 'it has no default export: `export default defineProvider({...})`' };
  }
  const lacking = lacks(definition, definitionShape);
  if (!isDefinition(definition)) return { kind: 'failed', problem: `its default export lacks ${lacking.join(', ')}` };
  return ownProvider(definition, file);
}

async function loadedWithin(
  loading: ReturnType<Modules['load']>,
  clock: Clock,
): Promise<{ readonly exported: Readonly<Record<string, unknown>> } | { readonly problem: string }> {
  const over = new AbortController();
  const late = clock.sleep(patienceMs, over.signal).then(() => ({ problem: 'it does not end loading: 10 s went by' }));
  const done = loading.then(
    (exported) => ({ exported }),
    (error: unknown) => ({
      problem: isTakenForCommonJs(error) ? commonJs : `it threw while loading: ${saidBy(error)}`,
    }),
  );
  const first = await Promise.race([done, late]);
  over.abort();
  return first;
}

/** `npm init` writes a package.json that says so of every .js file below it. */
const commonJs = 'Node takes it for CommonJS: call it .mjs, or have the package.json above it say "type": "module"';

function isTakenForCommonJs(error: unknown): boolean {
  return error instanceof SyntaxError && /outside a module|^Unexpected token 'export'/.test(error.message);
}

function isDefinition(value: unknown): value is ProviderDefinition {
  return lacks(value, definitionShape).length === 0;
}

async function ownProvider(definition: ProviderDefinition, file: string): Promise<LoadedProvider> {
  const { sandbox, schema, ...codec } = definition;
  const { name, noun, credential } = codec;
  const wrong = wrongName(name, noun);
  if (wrong !== undefined) return { kind: 'failed', problem: wrong };
  const blocks = { name, noun, schema };
  const language = await languageOf(blocks);
  if ('problem' in language) return { kind: 'failed', problem: language.problem };
  if (!notesAt(['provider', credential], name, language.schemas).secret) {
    const where = `schema.properties.provider.properties.${credential}`;
    return { kind: 'failed', problem: `its ${where} is not marked "x-secret": true, and it is the credential` };
  }
  const standIn = sandbox === undefined ? {} : { sandbox: guardedSandbox(sandbox, name, file) };
  const provider = { ...guarded({ ...codec, schema: `providers/${name}.schema.json` }, file), language };
  return {
    kind: 'loaded',
    own: { provider, blocks: { ...blocks, file }, ...standIn },
  };
}

/** Keys of a campaign that are no provider's. */
const taken: readonly string[] = [
  'version',
  'campaign',
  'wave',
  'description',
  'provider',
  'variables',
  'locale',
  'recipients',
  'call',
  'execution',
  'guards',
  'environments',
];

function wrongName(name: string, noun: string): string | undefined {
  if (!/^[a-z][a-z0-9-]{0,31}$/.test(name)) return `its name is "${name}": expected up to 32 of a-z, 0-9 and -`;
  if (!/^[a-z][a-z_]{0,31}$/.test(noun)) return `its noun is "${noun}": expected up to 32 of a-z and _`;
  return taken.includes(noun) ? `its noun is "${noun}", which means something else in a campaign` : undefined;
}

async function languageOf(blocks: ModuleBlocks): Promise<Language | { readonly problem: string }> {
  const properties = membersOf(blocks.schema['properties']);
  const missing = ['provider', blocks.noun, 'call'].filter((name) => properties[name] === undefined);
  if (missing.length > 0) return { problem: `its schema.properties lack ${missing.join(', ')}` };
  const { compileLanguage } = await import('../campaign/compile-language.ts');
  try {
    return compileLanguage(libraryWith([blocks]));
  } catch (error) {
    return { problem: `its schema cannot be used: ${saidBy(error)}` };
  }
}

import { basename, resolve } from 'node:path';
import type { ProviderModule } from '../campaign/campaign-provider.ts';
import type { World } from '../ports.ts';
import type { LoadedProvider, OwnProvider } from '../provider-kit/load-provider.ts';
import type { Provider } from '../providers/contract.ts';
import { findProvider, providerNames } from '../providers/registry.ts';
import { shownPath } from './shown-path.ts';
import { UsageError } from './usage-error.ts';

/** The providers of one command line: the built-in ones, and those whose modules it lets in. */
export type Providers = {
  /** By the name that a loaded campaign has of it. */
  readonly find: (name: string) => Provider | undefined;
  /** Those of modules, in the order of the command line. */
  readonly own: readonly OwnProvider[];
  /** Modules that were let in and are no providers. */
  readonly broken: readonly { readonly file: string; readonly problem: string }[];
  /** What the module at an absolute path brings a campaign that names it. */
  readonly loadModule: (path: string) => Promise<ProviderModule>;
};

type Doors = Pick<World, 'modules' | 'clock' | 'cwd'>;

/** A module that the command line lets in. */
type Allowed = { readonly path: string; readonly file: string; readonly loaded: LoadedProvider };

/** Loads what `--allow-provider` names. @throws UsageError where a path leads nowhere */
export async function openProviders(paths: readonly string[], world: Doors): Promise<Providers> {
  const allowed: Allowed[] = [];
  for (const written of paths) {
    const found = await realPath(written, world);
    if (allowed.some(({ path }) => path === found.path)) continue;
    allowed.push({ ...found, loaded: await loadOnce(found.path, allowed, world) });
  }
  const own = allowed.flatMap(({ loaded }) => (loaded.kind === 'loaded' ? [loaded.own] : []));
  return {
    find: (name) => findProvider(name) ?? own.find(({ provider }) => provider.name === name)?.provider,
    own,
    broken: allowed.flatMap(({ file, loaded }) =>
      loaded.kind === 'failed' ? [{ file, problem: loaded.problem }] : [],
    ),
    loadModule: (path) => moduleAt(path, allowed, world),
  };
}

async function realPath(written: string, { modules, cwd }: Doors): Promise<{ path: string; file: string }> {
  const path = await modules.realPath(resolve(cwd, written));
  if (path === undefined) throw new UsageError(`--allow-provider: "${written}" is not there`);
  return { path, file: shownPath(path, cwd) };
}

/** One name means one provider, in the store too: two modules cannot share it, nor take that of a built-in. */
async function loadOnce(path: string, before: readonly Allowed[], world: Doors): Promise<LoadedProvider> {
  const { loadProvider } = await import('../provider-kit/load-provider.ts');
  const loaded = await loadProvider({ path, file: basename(path) }, world);
  if (loaded.kind === 'failed') return loaded;
  const { name } = loaded.own.provider;
  if (providerNames.includes(name)) return { kind: 'failed', problem: `its name is ${name}, which is a built-in's` };
  const twin = before.find((other) => other.loaded.kind === 'loaded' && other.loaded.own.provider.name === name);
  return twin === undefined ? loaded : { kind: 'failed', problem: `its name is ${name}, as that of ${twin.file}` };
}

async function moduleAt(path: string, allowed: readonly Allowed[], { modules, cwd }: Doors): Promise<ProviderModule> {
  const real = await modules.realPath(path);
  const shown = shownPath(path, cwd);
  if (real === undefined) return { kind: 'failed', diagnostic: { code: 'FILE_MISSING', args: { path: shown } } };
  const found = allowed.find((one) => one.path === real);
  if (found === undefined) {
    return { kind: 'failed', diagnostic: { code: 'PROVIDER_NOT_ALLOWED', args: { path: shown } } };
  }
  const { loaded } = found;
  if (loaded.kind === 'loaded') return { kind: 'provider', provider: loaded.own.provider };
  const { problem } = loaded;
  return { kind: 'failed', diagnostic: { code: 'PROVIDER_MODULE', args: { path: shown, problem } } };
}

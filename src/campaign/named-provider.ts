import { dirname, resolve } from 'node:path';
import type { BuildInput } from './build-input.ts';
import type { CampaignProvider, ProviderModule } from './campaign-provider.ts';

/** What `provider.type` leads to. */
export type NamedProvider =
  | ProviderModule
  | { readonly kind: 'unknown' }
  /** It names a module that nobody looked for yet. */
  | { readonly kind: 'wanted'; readonly path: string };

/** A built-in provider by its name; a module by its path, which begins with a dot and starts from the campaign's folder. */
export function namedProvider(
  type: string | undefined,
  { path, findProvider, modules }: Pick<BuildInput, 'path' | 'findProvider' | 'modules'>,
): NamedProvider {
  if (type === undefined) return { kind: 'unknown' };
  if (/^\.\.?\//.test(type)) {
    const module = resolve(dirname(path), type);
    return modules?.get(module) ?? { kind: 'wanted', path: module };
  }
  const provider = findProvider(type);
  // Of a module the path is said, so that a review sees which code calls people.
  return provider === undefined || provider.language !== undefined
    ? { kind: 'unknown' }
    : { kind: 'provider', provider };
}

/** Undefined where there is none yet, or none at all. */
export function providerOf(named: NamedProvider): CampaignProvider | undefined {
  return named.kind === 'provider' ? named.provider : undefined;
}

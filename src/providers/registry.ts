import type { Provider } from './contract.ts';
import { intron } from './intron/index.ts';

const providers: readonly Provider[] = [intron];

/** Names of the built-in providers, as `provider.type` says them. */
export const providerNames: readonly string[] = providers.map(({ name }) => name);

/** Undefined where no provider has this name. */
export function findProvider(type: string): Provider | undefined {
  return providers.find(({ name }) => name === type);
}

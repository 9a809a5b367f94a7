import type { Provider } from './contract.ts';
import { happyrobot } from './happyrobot/index.ts';
import { intron } from './intron/index.ts';
import { vocode } from './vocode/index.ts';
import { voiceos } from './voiceos/index.ts';

const providers: readonly Provider[] = [intron, happyrobot, voiceos, vocode];

/** Names of the built-in providers, as `provider.type` says them. */
export const providerNames: readonly string[] = providers.map(({ name }) => name);

/** Undefined where no provider has this name. */
export function findProvider(type: string): Provider | undefined {
  return providers.find(({ name }) => name === type);
}

import { InternalError } from '../model/internal-error.ts';
import type { Providers } from './providers.ts';

/** For commands that read no campaign: finding the providers would take most of the time that they need. */
export const noProviders: Providers = {
  find: unasked,
  own: [],
  broken: [],
  loadModule: unasked,
};

function unasked(): never {
  throw new InternalError('a command that does not take --allow-provider asks for a provider');
}

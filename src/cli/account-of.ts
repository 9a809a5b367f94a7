import type { Campaign } from '../model/campaign.ts';
import { InternalError } from '../model/internal-error.ts';
import type { Account, Provider } from '../providers/contract.ts';
import type { World } from './world.ts';

/** The provider and account of a loaded campaign. */
export function accountOf(
  { provider }: Campaign,
  { providers }: Pick<World, 'providers'>,
): { readonly provider: Provider; readonly account: Account } {
  const found = providers.find(provider.type);
  if (found === undefined) throw new InternalError(`no provider ${provider.type}`);
  return { provider: found, account: found.open(provider.options) };
}

import { compileResource, type CompiledResource } from '../campaign/rendered-resource.ts';
import type { Campaign } from '../model/campaign.ts';
import type { Live } from '../model/plan.ts';
import { wireFields } from '../plan/desired.ts';
import type { Account, Provider } from '../providers/contract.ts';
import { accountOf } from './account-of.ts';
import type { World } from './world.ts';

/**
 * Names that the provider's templates will ask for, after applying. Undefined where they are not known: the object is
 * named by its id, and nobody looked at it.
 */
export function sentNames(
  { resource }: Campaign,
  { provider, account }: { readonly provider: Provider; readonly account: Account },
  live: Live | undefined,
): readonly string[] | undefined {
  const { id, fields } = resource;
  const asks = provider.lowered.length + provider.rendered.length > 0;
  if (asks && id !== undefined && live === undefined) return undefined;
  const declared = fields === undefined ? {} : wireFields(fields, account.resource, live?.fields);
  return account.resource.placeholders({ id: id ?? '', fields: { ...live?.fields, ...declared } });
}

/**
 * The resource that goes with each call, its texts as templates: as it will be after applying. Undefined where none goes
 * along, or where the object is named by its id and nobody looked at it.
 */
export function renderedResource(
  campaign: Campaign,
  live: Live | undefined,
  world: Pick<World, 'providers'>,
): CompiledResource | undefined {
  const { provider, account } = accountOf(campaign, world);
  const { id, fields, at } = campaign.resource;
  if (provider.rendered.length === 0 || (id !== undefined && live === undefined)) return undefined;
  const declared = fields === undefined ? {} : wireFields(fields, account.resource, live?.fields);
  const { variables: constants, locale } = campaign;
  return compileResource({ ...live?.fields, ...declared }, provider.rendered, { constants, locale, at });
}

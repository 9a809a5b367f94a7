import type { Observed } from '../../apply/observe.ts';
import type { Campaign } from '../../model/campaign.ts';
import type { CampaignPlan, ResourcePlan } from '../../report/plan-report.ts';
import { accountOf } from '../account-of.ts';
import { waveHead } from '../wave-head.ts';
import type { World } from '../world.ts';

/** The campaign that was observed, whether or not its provider could be reached. */
export function campaignOf(observed: Observed): Campaign {
  return observed.kind === 'observed' ? observed.target.campaign : observed.campaign;
}

/** What reports say of a campaign before its resource. */
export function campaignHead(
  observed: Observed,
  resource: ResourcePlan,
  world: Pick<World, 'providers'>,
): Pick<CampaignPlan, 'address' | 'file' | 'wave' | 'provider' | 'by_hand'> {
  const campaign = campaignOf(observed);
  const { account } = accountOf(campaign, world);
  const live = observed.kind === 'observed' ? observed.live : undefined;
  const fields = 'reason' in resource ? undefined : (resource.fields ?? live?.fields);
  return {
    ...waveHead(campaign),
    provider: { type: campaign.provider.type, origins: account.origins },
    by_hand: fields === undefined ? [] : account.resource.byHand(fields),
  };
}

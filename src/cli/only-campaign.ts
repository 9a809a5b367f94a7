import type { Campaign } from '../model/campaign.ts';
import { UsageError } from './usage-error.ts';

/** The one campaign that a command is about. @throws UsageError */
export function onlyCampaign(command: string, campaigns: readonly Campaign[]): Campaign {
  const [campaign, other] = campaigns;
  if (campaign === undefined) throw new UsageError(`${command} takes a campaign, and there is none here`);
  if (other !== undefined)
    throw new UsageError(`${command} takes one campaign, and there are several here`, 'Name one file');
  return campaign;
}

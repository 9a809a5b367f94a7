import type { Campaign } from '../model/campaign.ts';

/** The zone in which times of a campaign are told: the one that its file names for everybody, else UTC. */
export function zoneOf({ recipients }: Pick<Campaign, 'recipients'>): string {
  const written = recipients.timezone?.source;
  return written === undefined || written.includes('{{') ? 'UTC' : written;
}

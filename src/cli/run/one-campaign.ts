import type { Campaign } from '../../model/campaign.ts';
import { Halt } from '../halt.ts';
import { UsageError } from '../usage-error.ts';

/** The one campaign that a command works on. @throws UsageError */
export function oneCampaign(campaigns: readonly Campaign[], command: string): Campaign {
  const [campaign, other] = campaigns;
  if (campaign === undefined) throw new UsageError(`${command} takes a campaign, and there is none here`);
  if (other !== undefined) throw new UsageError(`${command} takes one campaign`, 'Name one campaign file');
  return campaign;
}

/** A command that talks to the provider lacks a secret. */
export function secretsMissing(names: readonly string[]): Halt {
  return new Halt('environment', `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} not set`, [
    'set it in the environment of this command; validate, preview and rehearse need none',
  ]);
}

/** A campaign on the command line: its file, and its environment where it has one. */
export function asArgument({ file, address }: Pick<Campaign, 'file' | 'address'>): string {
  return address.environment === 'default' ? file : `${file} -e ${address.environment}`;
}

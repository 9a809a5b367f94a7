import type { Observed } from '../../apply/observe.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { campaignOf } from '../plan/campaign-head.ts';
import { openCampaignRecipients } from '../open-recipients.ts';
import type { World } from '../world.ts';

/**
 * Names in templates that no column brings. Applying calls nobody, so a list that is not at hand is no obstacle; one
 * that is there can show that a text would be applied which nobody could be called with.
 */
export async function nameFindings(
  seen: readonly Observed[],
  world: Pick<World, 'files' | 'providers'>,
): Promise<readonly Diagnostic[]> {
  const found: Diagnostic[] = [];
  for (const observed of seen) {
    const live = observed.kind === 'observed' ? observed.live : undefined;
    const opened = await openCampaignRecipients(campaignOf(observed), world, live);
    if (opened.kind === 'failed') found.push(...opened.diagnostics.filter(({ code }) => code.startsWith('NAME_')));
  }
  return found;
}

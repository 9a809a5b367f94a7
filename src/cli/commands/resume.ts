import { printAddress } from '../../model/campaign.ts';
import type { World } from '../../ports.ts';
import type { Invocation } from '../command.ts';
import { load } from '../load.ts';
import { storeOption } from '../options.ts';
import type { Report } from '../report.ts';
import { findingsReport } from '../run/findings-report.ts';
import { asArgument, oneCampaign } from '../run/one-campaign.ts';
import { onWave } from '../run/on-wave.ts';

/** Lets a wave that a breaker stopped be run again; it calls nobody. */
export async function resume(invoked: Invocation, world: World): Promise<Report> {
  const loaded = await load(invoked, world, { secrets: 'optional', base: 'refused' });
  if (loaded.diagnostics.length > 0) return findingsReport(loaded, loaded.texts);
  const campaign = oneCampaign(loaded.campaigns, 'resume');
  const options = { command: 'resume', storeNamed: invoked.option(storeOption) };
  const was = await onWave(campaign, options, world, async ({ store, scope, state }) => {
    if (state.tripped !== undefined) await store.saveWave(scope, { tripped: null, alike: null });
    return state.tripped;
  });
  const address = printAddress(campaign.address);
  return {
    endings: ['done'],
    kind: 'resumed',
    data: { address, wave: campaign.wave, was: was ?? null },
    text: () =>
      was === undefined
        ? `${address}  wave ${campaign.wave}  was not stopped\n`
        : `${address}  wave ${campaign.wave}  may be run again\n  it had stopped because ${was}\n`,
    next: [`callplan run ${asArgument(campaign)}`],
  };
}

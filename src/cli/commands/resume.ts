import { resumed } from '../../ledger/tally.ts';
import { printAddress } from '../../model/campaign.ts';
import { renderDiagnostics } from '../../report/diagnostics.ts';
import { finding } from '../../report/finding.ts';
import { joinParts } from '../../report/parts.ts';
import { tripWhy } from '../../report/trip.ts';
import { renderResumed, type ResumedReport } from '../../report/wave-change.ts';
import { version } from '../../version.ts';
import type { Invocation } from '../command.ts';
import { findingsReport } from '../findings-report.ts';
import { hasErrors } from '../findings.ts';
import { load } from '../load.ts';
import { followed } from '../next-command.ts';
import { onlyCampaign } from '../only-campaign.ts';
import { storeOption } from '../options.ts';
import type { Report } from '../report.ts';
import { onWave } from '../run/on-wave.ts';
import type { World } from '../world.ts';

/** Lets a wave that a breaker stopped be run again; it calls nobody. */
export async function resume(invoked: Invocation, world: World): Promise<Report> {
  const { diagnostics, texts, campaigns } = await load(invoked, world, { secrets: 'optional', base: 'refused' });
  if (hasErrors(diagnostics)) return findingsReport(diagnostics, texts);
  const campaign = onlyCampaign('resume', campaigns);
  const follow = followed(invoked);
  const options = { command: 'resume', storeNamed: invoked.option(storeOption), follow };
  const was = await onWave(campaign, options, world, async ({ store, scope, state }) => {
    if (state.tripped !== undefined) {
      await store.saveWave(scope, { tripped: null, tally: resumed(state.tally) });
    }
    return state.tripped;
  });
  const report: ResumedReport = {
    tool_version: version,
    address: printAddress(campaign.address),
    file: campaign.file,
    wave: campaign.wave,
    was: was === undefined ? null : tripWhy(was),
    diagnostics: diagnostics.map(finding),
  };
  return {
    endings: ['done'],
    kind: 'resumed',
    data: report,
    text: (view) => joinParts([renderResumed(report, view), renderDiagnostics(diagnostics, texts, view)]),
    next: [follow('run')],
  };
}

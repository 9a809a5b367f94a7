import { resumedTally } from '../../ledger/next-tally.ts';
import type { Stop } from '../../model/stop.ts';
import type { Trip } from '../../model/trip.ts';
import { renderDiagnostics } from '../../report/render-diagnostics.ts';
import { finding } from '../../report/finding.ts';
import { joinParts } from '../../report/join-parts.ts';
import { stopWords } from '../../report/stop-words.ts';
import { tripWhy } from '../../report/trip.ts';
import { renderResumed } from '../../report/render-wave-change.ts';
import type { ResumedReport } from '../../report/wave-change-report.ts';
import { version } from '../../version.ts';
import type { Invocation } from '../command.ts';
import { findingsReport } from '../findings-report.ts';
import { hasErrors } from '../findings.ts';
import { Halt } from '../halt.ts';
import { load } from '../load.ts';
import { followed } from '../next-command.ts';
import { onlyCampaign } from '../only-campaign.ts';
import { storeOption } from '../options.ts';
import type { Report } from '../report.ts';
import { callSkipped, goOn } from '../run/go-on.ts';
import { holding, withWave, type OpenedWave } from '../run/on-wave.ts';
import { stopReport } from '../stop-report.ts';
import { waveHead } from '../wave-head.ts';
import type { World } from '../world.ts';

/** Lets a wave that a breaker or a person stopped be run again; it calls nobody. */
export async function resume(invoked: Invocation, world: World): Promise<Report> {
  const { diagnostics, texts, campaigns } = await load(invoked, world, { secrets: 'optional', base: 'refused' });
  if (hasErrors(diagnostics)) return findingsReport(diagnostics, texts);
  const campaign = onlyCampaign('resume', campaigns);
  const follow = followed(invoked);
  const options = { storeNamed: invoked.option(storeOption), follow };
  const lifted = await withWave(campaign, options, world, async (opened) => ({
    ...(await lift(opened, world)),
    next: await goOn(opened, world),
  }));
  const report: ResumedReport = {
    tool_version: version,
    ...waveHead(campaign),
    was: lifted.tripped === undefined ? null : tripWhy(lifted.tripped),
    stopped: stopReport(lifted.stopped, campaign),
    diagnostics: diagnostics.map(finding),
  };
  return {
    endings: ['done'],
    kind: 'resumed',
    data: report,
    text: (view) => joinParts([renderResumed(report, view), renderDiagnostics(diagnostics, texts, view)]),
    next: [lifted.next],
  };
}

type Lifted = { readonly tripped?: Trip; readonly stopped?: Stop };

/** A pause is lifted without the lease: a run may be following the calls that were under way. */
async function lift(opened: OpenedWave, world: World): Promise<Lifted> {
  const { store, state } = opened;
  const { tripped, stopped } = state;
  if (stopped?.kind === 'cancelled') throw await forGood(opened, stopped, world);
  if (tripped !== undefined) {
    await holding(opened, 'resume', world, async ({ scope }) => {
      // A run may have counted its last calls while its lease was waited for.
      const { tally = state.tally } = (await store.wave(scope.address, scope.wave)) ?? {};
      await store.saveWave(scope, { tripped: null, tally: resumedTally(tally) });
    });
  }
  const { was } = await store.stopWave(state.waveId, null);
  if (was?.kind === 'cancelled') throw await forGood(opened, was, world);
  return { ...(tripped === undefined ? {} : { tripped }), ...(was === undefined ? {} : { stopped: was }) };
}

async function forGood({ campaign, follow }: OpenedWave, stop: Stop, world: World): Promise<Halt> {
  const words = stopWords(stopReport(stop, campaign));
  return new Halt(
    'refused',
    `wave ${campaign.wave} was ${words}; that is for good`,
    await callSkipped(campaign, { ...world, follow }),
  );
}

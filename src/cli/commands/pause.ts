import { renderDiagnostics } from '../../report/render-diagnostics.ts';
import { finding } from '../../report/finding.ts';
import { joinParts } from '../../report/join-parts.ts';
import { renderPaused } from '../../report/render-wave-change.ts';
import type { PausedReport } from '../../report/wave-change-report.ts';
import { version } from '../../version.ts';
import type { Invocation } from '../command.ts';
import { findingsReport } from '../findings-report.ts';
import { hasErrors } from '../findings.ts';
import { load } from '../load.ts';
import { followed } from '../next-command.ts';
import { onlyCampaign } from '../only-campaign.ts';
import { storeOption } from '../options.ts';
import { personOf } from '../person.ts';
import type { Report } from '../report.ts';
import { callSkipped } from '../run/go-on.ts';
import { withWave } from '../run/on-wave.ts';
import { runOn } from '../run/run-on.ts';
import { stopReport } from '../stop-report.ts';
import { waveHead } from '../wave-head.ts';
import type { World } from '../world.ts';

/** Lets nobody of a wave be called until it is resumed, whoever runs it. */
export async function pause(invoked: Invocation, world: World): Promise<Report> {
  const { diagnostics, texts, campaigns } = await load(invoked, world, { secrets: 'optional', base: 'refused' });
  if (hasErrors(diagnostics)) return findingsReport(diagnostics, texts);
  const campaign = onlyCampaign('pause', campaigns);
  const follow = followed(invoked);
  const stop = { kind: 'paused', atMs: world.clock.now(), by: personOf(world.env) } as const;
  const options = { storeNamed: invoked.option(storeOption), follow };
  const report = await withWave(campaign, options, world, async (opened): Promise<PausedReport> => {
    const { store, state } = opened;
    const { was } = await store.stopWave(state.waveId, stop);
    const open = await store.openAttempts(state.waveId, ['intent', 'accepted', 'in_doubt']);
    return {
      tool_version: version,
      ...waveHead(campaign),
      was: stopReport(was, campaign),
      stopped: stopReport(was ?? stop, campaign),
      under_way: open.length,
      run: await runOn(opened, world),
      diagnostics: diagnostics.map(finding),
    };
  });
  return {
    endings: ['done'],
    kind: 'paused',
    data: report,
    text: (view) => joinParts([renderPaused(report, view), renderDiagnostics(diagnostics, texts, view)]),
    next:
      report.stopped.kind === 'cancelled'
        ? await callSkipped(campaign, { ...world, follow })
        : ['let the wave go on:', follow('resume')],
  };
}

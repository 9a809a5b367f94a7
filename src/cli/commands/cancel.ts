import type { Stop } from '../../model/stop.ts';
import { isAble } from '../../providers/contract.ts';
import { renderBeforeCancel, renderCancelled, type BeforeCancel } from '../../report/render-cancelled.ts';
import type { CancelledReport } from '../../report/cancelled-report.ts';
import { renderDiagnostics } from '../../report/render-diagnostics.ts';
import { finding } from '../../report/finding.ts';
import { joinParts } from '../../report/join-parts.ts';
import type { Stopping } from '../../store/contract/wave-state.ts';
import { version } from '../../version.ts';
import { approveCancel } from '../cancel/approve-cancel.ts';
import { endWave, type EndedWave } from '../cancel/end-wave.ts';
import { approveCancelOption, leaveCallsOption } from '../cancel/options.ts';
import type { Invocation } from '../command.ts';
import type { Ending } from '../exit.ts';
import { findingsReport } from '../findings-report.ts';
import { hasErrors } from '../findings.ts';
import { load } from '../load.ts';
import { followed, type Follow } from '../next-command.ts';
import { onlyCampaign } from '../only-campaign.ts';
import { storeOption } from '../options.ts';
import { personOf } from '../person.ts';
import { accountOf } from '../account-of.ts';
import type { Report } from '../report.ts';
import { endingOf } from '../run/ending.ts';
import { callSkipped, goOn } from '../run/go-on.ts';
import { interruptions, type Interruptions } from '../run/interruptions.ts';
import { withWave, type OpenedWave } from '../run/on-wave.ts';
import { runOn } from '../run/run-on.ts';
import { runVoice } from '../run/voice.ts';
import { screenOf } from '../screen.ts';
import { stopReport } from '../stop-report.ts';
import { waveHead } from '../wave-head.ts';
import type { World } from '../world.ts';

/** Ends a wave for good: nobody of it is called any more, and its calls are ended where the provider can. */
export async function cancel(invoked: Invocation, world: World): Promise<Report> {
  const { diagnostics, texts, campaigns } = await load(invoked, world, { secrets: 'optional', base: 'refused' });
  if (hasErrors(diagnostics)) return findingsReport(diagnostics, texts);
  const campaign = onlyCampaign('cancel', campaigns);
  const options = { storeNamed: invoked.option(storeOption), follow: followed(invoked) };
  return withWave(campaign, options, world, async (opened) => {
    const voice = runVoice(world);
    const signals = interruptions(world, voice.say);
    try {
      const word = await givenWord({ opened, invoked, signals }, world);
      const isFollowing = !invoked.option(leaveCallsOption);
      const ended = await endWave({ opened, isFollowing, signals, ...voice, follow: options.follow }, world);
      const report: CancelledReport = {
        ...(await cancelledReport(opened, word, ended)),
        diagnostics: diagnostics.map(finding),
      };
      return {
        endings: endingsOf(ended, report),
        kind: 'cancelled',
        data: report,
        text: (view) => joinParts([renderCancelled(report, view), renderDiagnostics(diagnostics, texts, view)]),
        next: await nextOf({ opened, ended, report }, options.follow, world),
      };
    } finally {
      signals.stop();
      voice.close();
    }
  });
}

type Asked = { readonly opened: OpenedWave; readonly invoked: Invocation; readonly signals: Interruptions };

type Word = Stopping & { readonly stop: Stop };

/** From the commit of this on nobody is called. @throws Halt where it is not approved */
async function givenWord({ opened, invoked, signals }: Asked, world: World): Promise<Word> {
  const { store, state } = opened;
  if (state.stopped?.kind !== 'cancelled') {
    const before = await beforeOf(opened, world);
    const given = invoked.option(approveCancelOption);
    world.terminal.err(`${renderBeforeCancel(before, screenOf('stderr', world))}\n`);
    const asking = { given, terminal: world.terminal, signal: signals.drain, follow: followed(invoked) };
    await approveCancel(before.pending, asking);
  }
  const stop = { kind: 'cancelled', atMs: world.clock.now(), by: personOf(world.env) } as const;
  const stopping = await store.stopWave(state.waveId, stop);
  return { ...stopping, stop: stopping.was?.kind === 'cancelled' ? stopping.was : stop };
}

async function beforeOf(opened: OpenedWave, world: World): Promise<BeforeCancel> {
  const { campaign, store, state } = opened;
  const { states } = await store.counts(state.waveId);
  const { cancel: ability } = accountOf(campaign, world).account.calls;
  return {
    ...waveHead(campaign),
    pending: states['pending'] ?? 0,
    accepted: states['accepted'] ?? 0,
    doubtful: (states['in_doubt'] ?? 0) + (states['intent'] ?? 0),
    cannot: isAble(ability) ? undefined : ability.cannot,
    run: await runOn(opened, world),
  };
}

async function cancelledReport(
  { campaign, store, state }: OpenedWave,
  { was, stop, skipped }: Word,
  ended: EndedWave,
): Promise<Omit<CancelledReport, 'diagnostics'>> {
  return {
    tool_version: version,
    ...waveHead(campaign),
    was: stopReport(was, campaign),
    stopped: stopReport(stop, campaign),
    skipped,
    why: ended.kind === 'ended' && ended.ended !== undefined && 'why' in ended.ended ? ended.ended.why : null,
    counts: await store.counts(state.waveId),
    run: ended.kind === 'left' ? ended.run : null,
    files: ended.kind === 'ended' ? ended.files : [],
  };
}

function endingsOf(wave: EndedWave, { counts }: CancelledReport): readonly Ending[] {
  const unsettled: readonly Ending[] = (counts.states['unresolved'] ?? 0) > 0 ? ['unsettled'] : [];
  if (wave.kind === 'left' || wave.ended === undefined || wave.ended.kind === 'cancelled')
    return ['done', ...unsettled];
  return [endingOf(wave.ended).ending, ...unsettled];
}

type Over = { readonly opened: OpenedWave; readonly ended: EndedWave; readonly report: CancelledReport };

async function nextOf({ opened, ended, report }: Over, follow: Follow, world: World): Promise<readonly string[]> {
  if ((report.counts.states['unresolved'] ?? 0) > 0) return [follow('resolve', ['--as', 'called'])];
  if (ended.kind === 'left') return [follow('status')];
  const isOver = ended.ended === undefined || ended.ended.kind === 'cancelled';
  if (isOver) {
    const isAnySkipped = (report.counts.states['skipped'] ?? 0) > 0;
    return isAnySkipped ? callSkipped(opened.campaign, { ...world, follow }) : [follow('status')];
  }
  return ['follow the calls that are under way:', await goOn(opened, world)];
}

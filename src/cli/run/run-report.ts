import type { Campaign } from '../../model/campaign.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { WaveParent } from '../../model/wave.ts';
import type { Stop } from '../../model/stop.ts';
import { finding } from '../../report/finding.ts';
import { namingSteps } from '../../report/count-words.ts';
import { maskPhone } from '../../report/mask-phone.ts';
import { renderRun } from '../../report/render-run.ts';
import type { RunReport, RunSummary } from '../../report/run-report.ts';
import { stopWords } from '../../report/stop-words.ts';
import { tripRemedy, tripWhy, type ShownTrip } from '../../report/trip.ts';
import { version } from '../../version.ts';
import type { Follow } from '../next-command.ts';
import type { Report } from '../report.ts';
import { shownTrip } from '../shown-trip.ts';
import { waveHead } from '../wave-head.ts';
import { zoneOf } from '../zone-of.ts';
import { stopReport } from '../stop-report.ts';
import type { Carried } from './carry-wave.ts';

type Follows = {
  readonly follow: Follow;
  /** Keeps what the run was allowed to do, for where nothing came of it. */
  readonly again: Follow;
  /** What to do where the wave is cancelled. */
  readonly callSkipped: readonly string[];
  /** What to do where everybody has a final outcome. */
  readonly afterAll: readonly string[];
};

/** What is printed of a run that has ended. */
export function runReport(
  campaign: Campaign,
  carried: Carried,
  options: {
    readonly diagnostics: readonly Diagnostic[];
    readonly show: boolean;
    readonly parent: WaveParent | undefined;
  } & Follows,
): Report {
  const { run, endings, files } = carried;
  const calls = run.kind === 'refused' ? run.calls : [];
  const report: RunReport = {
    tool_version: version,
    ...runSummary(campaign, carried),
    tripped: tripOf(campaign, carried, options),
    stopped: stopReport(stopOf(run), campaign),
    parent: options.parent ?? null,
    calls_without_reference: calls.map(({ phone, callId, batchId }) => ({
      phone: maskPhone(phone, options),
      id: callId ?? batchId ?? null,
    })),
    files,
    diagnostics: options.diagnostics.map(finding),
  };
  return {
    endings,
    kind: 'run',
    data: report,
    text: (view) => renderRun(report, view),
    next: nextOf(campaign, carried, options),
  };
}

function tripOf(campaign: Campaign, { tripped }: Carried, options: { readonly show: boolean }): ShownTrip | null {
  return tripped === undefined ? null : shownTrip(tripped, { ...options, zone: zoneOf(campaign) });
}

/** How the calling ended, as data. */
export function runSummary(campaign: Campaign, { run, status, dialled, counts }: Carried): RunSummary {
  return {
    ...waveHead(campaign),
    status,
    why: whyOf(run, campaign) ?? null,
    dialled,
    counts,
  };
}

function stopOf(run: Carried['run']): Stop | undefined {
  return run.kind === 'ran' && 'stop' in run.ended ? run.ended.stop : undefined;
}

function whyOf(run: Carried['run'], campaign: Campaign): string | undefined {
  if (run.kind === 'refused') return run.why;
  if ('stop' in run.ended) return stopWords(stopReport(run.ended.stop, campaign));
  if (run.ended.kind === 'tripped') return tripWhy(run.ended.trip);
  return 'why' in run.ended ? run.ended.why : undefined;
}

function nextOf(
  campaign: Campaign,
  { run, counts, unknown, tripped }: Carried,
  { follow, again, callSkipped, afterAll }: Follows,
): readonly string[] {
  const steps: string[] = [];
  if (run.kind === 'refused' && run.calls.length > 0) {
    steps.push(
      'look at these calls; if none of them was of this wave, say so:',
      again('run', ['--nobody-called', campaign.wave]),
    );
  }
  if (run.kind === 'refused' && run.unlisted !== undefined) {
    steps.push(
      ...(run.unlisted === 'perhaps_later' ? ['run it again, as the listing may come whole then:', again('run')] : []),
      'or, if you know that nobody of this wave was called yet, say so:',
      again('run', ['--nobody-called', campaign.wave]),
    );
  }
  if ((counts.states['unresolved'] ?? 0) > 0) {
    steps.push(
      'find out whether the unresolved were called, then settle them, or some by their ids:',
      follow('resolve', ['--as', 'called']),
      follow('resolve', ['--as', 'not-called']),
    );
  }
  if (run.kind === 'ran' && run.ended.kind === 'tripped') {
    steps.push(tripRemedy(run.ended.trip), follow('resume'));
  }
  if (run.kind === 'ran' && run.ended.kind === 'paused') {
    steps.push(tripped === undefined ? 'let the wave go on:' : tripRemedy(tripped), follow('resume'));
    if (isUnderWay(counts)) steps.push('or only follow the calls that are under way:', follow('run'));
  }
  if (run.kind === 'ran' && run.ended.kind === 'cancelled') {
    steps.push(follow('status'), ...((counts.states['skipped'] ?? 0) > 0 ? callSkipped : []));
  }
  if (run.kind === 'ran' && (run.ended.kind === 'incomplete' || run.ended.kind === 'interrupted')) {
    steps.push(...namingSteps(unknown, campaign.file), follow('run'));
  }
  if (run.kind === 'ran' && run.ended.kind === 'done' && steps.length === 0) steps.push(...afterAll);
  return steps.length > 0 ? steps : [follow('status')];
}

function isUnderWay({ states }: Carried['counts']): boolean {
  return ['intent', 'accepted', 'in_doubt'].some((state) => (states[state] ?? 0) > 0);
}

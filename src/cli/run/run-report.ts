import type { Campaign } from '../../model/campaign.ts';
import { printAddress } from '../../model/campaign.ts';
import { maskPhone } from '../../report/mask.ts';
import { renderRun, type RunSummary } from '../../report/run.ts';
import type { Invocation } from '../command.ts';
import { showNumbersOption } from '../options.ts';
import type { Report } from '../report.ts';
import type { Carried } from './carry-wave.ts';
import { asArgument } from './one-campaign.ts';

/** What is printed of a run that has ended. */
export function runReport(campaign: Campaign, carried: Carried, { option }: Invocation): Report {
  const { run, endings } = carried;
  const show = option(showNumbersOption);
  const calls =
    run.kind === 'refused'
      ? run.calls.map((call) => ({ phone: maskPhone(call.phone, { show }), id: call.callId ?? call.batchId ?? '' }))
      : [];
  const summary = runSummary(campaign, carried);
  return {
    endings,
    kind: 'run',
    data: { ...summary, ...(calls.length === 0 ? {} : { calls_without_reference: calls }) },
    text: (view) =>
      renderRun(summary, view) +
      calls
        .slice(0, 20)
        .map(({ phone, id }) => `  ${phone}  ${id}\n`)
        .join(''),
    next: nextOf(campaign, carried),
  };
}

/** What is told of a run, as data. */
export function runSummary(campaign: Campaign, { run, status, dialled, counts, files }: Carried): RunSummary {
  const why = whyOf(run);
  return {
    address: printAddress(campaign.address),
    wave: campaign.wave,
    status,
    ...(why === undefined ? {} : { why }),
    dialled,
    counts,
    files,
  };
}

function whyOf(run: Carried['run']): string | undefined {
  if (run.kind === 'refused') return run.why;
  return 'why' in run.ended ? run.ended.why : undefined;
}

function nextOf(campaign: Campaign, { run, counts }: Carried): readonly string[] {
  const target = asArgument(campaign);
  const unresolved = counts.states['unresolved'] ?? 0;
  const steps: string[] = [];
  if (run.kind === 'refused' && run.calls.length > 0) {
    steps.push(`if these calls were not of this wave: --nobody-called ${campaign.wave}`);
  }
  if (unresolved > 0) steps.push(`callplan resolve ${target} --as called`, 'or --as not-called, once you know');
  if (run.kind === 'ran' && run.ended.kind === 'tripped') steps.push(`callplan resume ${target}`);
  if (run.kind === 'ran' && (run.ended.kind === 'incomplete' || run.ended.kind === 'interrupted')) {
    steps.push(`callplan run ${target}`);
  }
  return steps.length > 0 ? steps : [`callplan status ${target}`];
}

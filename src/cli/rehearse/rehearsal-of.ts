import { callsByDay, callsByHour } from '../../ledger/calls-by.ts';
import { costRange } from '../../ledger/cost-range.ts';
import type { Calls, Course, Unsettled } from '../../ledger/course.ts';
import { openZone } from '../../ledger/forecast.ts';
import type { Campaign } from '../../model/campaign.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { finding } from '../../report/finding.ts';
import { maskText } from '../../report/mask-values.ts';
import type { ReasonedPeople, Rehearsal, RehearsalReport } from '../../report/rehearsal-report.ts';
import { version } from '../../version.ts';
import { utcTime } from '../iso-time.ts';
import { recipientsValidation } from '../recipients-validation.ts';
import { beforeOf } from '../run/before.ts';
import { instant } from '../run/instant.ts';
import type { Performed } from '../run/perform-run.ts';
import { runSummary } from '../run/run-report.ts';
import { zoneOf } from '../zone-of.ts';

/** What was rehearsed; instants by the clock that jumps. */
export type Rehearsed = {
  readonly performed: Performed;
  readonly beganMs: number;
  readonly endedMs: number;
  readonly course: Course;
  /** Calls open at once in the busiest minute. */
  readonly open: number;
};

type More = Pick<Rehearsal, 'rejects' | 'all'> & {
  readonly notes: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
};

/** Up to so many hours are shown one by one; of more, days. */
const mostHours = 14;

/** A rehearsal as it is reported: as data, and in local time for people. */
export function rehearsalOf(campaign: Campaign, rehearsed: Rehearsed, more: More): Rehearsal {
  const { performed, beganMs, endedMs, course } = rehearsed;
  const { places } = performed.before;
  const zone = places[0]?.[0] ?? zoneOf(campaign);
  const hours = callsByHour(course.minutes, zone);
  // What a run forecasts, a rehearsal knows.
  const { first: _first, last: _last, ...before } = beforeOf(performed.before, beganMs);
  const { firstMs, busiest, canaryMs } = course;
  return {
    report: reportOf(campaign, rehearsed, { ...more, hours }),
    before,
    maxCallMs: campaign.execution.maxCallMs,
    began: instant(beganMs, zone),
    ended: instant(endedMs, zone),
    lastedMs: endedMs - (firstMs ?? endedMs),
    ...(firstMs === undefined
      ? {}
      : { first: instant(firstMs, openZone(campaign.execution, places, firstMs) ?? zone) }),
    ...(busiest === undefined ? {} : { busiest: instant(busiest.startMs, zone) }),
    ...(canaryMs === undefined ? {} : { canaryThrough: instant(canaryMs, zone) }),
    chart: { ...chartOf(hours, zone), ...(places.length > 1 ? { zone } : {}) },
    rejects: more.rejects,
    all: more.all,
  };
}

function reportOf(
  campaign: Campaign,
  { performed, beganMs, endedMs, course, open }: Rehearsed,
  { hours, notes, diagnostics }: More & { readonly hours: readonly Calls[] },
): RehearsalReport {
  const { before, carried } = performed;
  const { firstMs, busiest, canaryMs, byAttempts, unsettled } = course;
  const { canary } = campaign.execution;
  return {
    tool_version: version,
    ...runSummary(campaign, carried),
    recipients: recipientsValidation(before.summary, campaign),
    began_at: utcTime(beganMs),
    first_call_at: firstMs === undefined ? null : utcTime(firstMs),
    ended_at: utcTime(endedMs),
    calls_by_hour: hours.map(({ startMs, calls }) => ({ hour: utcTime(startMs), calls })),
    busiest_minute: busiest === undefined ? null : { minute: utcTime(busiest.startMs), calls: busiest.calls, open },
    recipients_by_attempts: byAttempts.flatMap((recipients, index) =>
      recipients === 0 ? [] : [{ attempts: index + 1, recipients }],
    ),
    minutes: Math.round((carried.counts.seconds / 60) * 100) / 100,
    cost: costOf(campaign, course, carried.counts.seconds),
    canary:
      canary === undefined
        ? null
        : { calls: canary.calls, through_at: canaryMs === undefined ? null : utcTime(canaryMs) },
    skipped: unsettled.filter(({ state }) => state === 'skipped').map(people),
    unresolved: unsettled.filter(({ state }) => state === 'unresolved').map(people),
    notes,
    diagnostics: diagnostics.map(finding),
  };
}

function costOf({ execution }: Campaign, course: Course, seconds: number): RehearsalReport['cost'] {
  const range = costRange(execution, { seconds, people: course.callable, costs: course.costs });
  if (range === undefined) return null;
  const { price, low, expected, high, bound } = range;
  return {
    currency: price.currency,
    price: execution.price === undefined ? 'sandbox' : 'file',
    per_minute: price.micros / 1e6,
    low: low.micros / 1e6,
    expected: expected.micros / 1e6,
    high: high.micros / 1e6,
    bound,
  };
}

function people({ reason, recipients, first }: Unsettled): ReasonedPeople {
  return { reason, recipients, ids: first.map(({ key, phone }) => maskText(key, [phone])) };
}

function chartOf(hours: readonly Calls[], zone: string): Rehearsal['chart'] {
  const label = (ms: number): string => instant(ms, zone).replace(` ${zone}`, '');
  const days = callsByDay(hours, zone);
  if (hours.length <= mostHours || days.length === 1) {
    return { by: 'hour', rows: hours.map(({ startMs, calls }) => ({ label: label(startMs), calls })) };
  }
  const rows = days.map(({ startMs, calls, most }) => ({ label: label(startMs).slice(0, -6), calls, most }));
  return { by: 'day', rows };
}

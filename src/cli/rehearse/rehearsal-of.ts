import type { Campaign } from '../../model/campaign.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { finding } from '../../report/finding.ts';
import type { Rehearsal } from '../../report/rehearsal.ts';
import { version } from '../../version.ts';
import { recipientsValidation } from '../read-recipients.ts';
import { beforeOf } from '../run/before.ts';
import { instant } from '../run/instant.ts';
import type { Performed } from '../run/perform-run.ts';
import { runSummary } from '../run/run-report.ts';
import type { Hour } from './hours.ts';

/** What was rehearsed; instants by the clock that jumps. */
export type Rehearsed = {
  readonly performed: Performed;
  readonly beganMs: number;
  readonly endedMs: number;
  readonly hours: readonly Hour[];
};

/** A rehearsal as it is reported: as data, and in local time for people. */
export function rehearsalOf(
  campaign: Campaign,
  { performed, beganMs, endedMs, hours }: Rehearsed,
  more: { readonly notes: readonly string[]; readonly diagnostics: readonly Diagnostic[]; readonly rejects: string },
): Rehearsal {
  const { before, carried } = performed;
  const zone = before.places[0]?.[0] ?? 'UTC';
  return {
    report: {
      tool_version: version,
      ...runSummary(campaign, carried),
      recipients: recipientsValidation(before.summary, campaign),
      began_at: new Date(beganMs).toISOString(),
      ended_at: new Date(endedMs).toISOString(),
      calls_by_hour: hours.map(({ startMs, calls }) => ({ hour: new Date(startMs).toISOString(), calls })),
      notes: more.notes,
      diagnostics: more.diagnostics.map(finding),
    },
    before: beforeOf(before, beganMs),
    began: instant(beganMs, zone),
    ended: instant(endedMs, zone),
    hours: hours.map(({ startMs }) => instant(startMs, zone).replace(` ${zone}`, '')),
    rejects: more.rejects,
  };
}

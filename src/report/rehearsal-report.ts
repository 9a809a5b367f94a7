import type { BeforeRun } from './before-run.ts';
import type { Finding } from './finding.ts';
import type { RunSummary } from './run-report.ts';
import type { RecipientsValidation } from './validation-report.ts';

/** A rehearsal as data: what `rehearse --format json` prints, described by schema/rehearsal.schema.json. */
export type RehearsalReport = RunSummary & {
  readonly tool_version: string;
  readonly recipients: RecipientsValidation;
  /** ISO 8601, UTC, by the clock that jumps. */
  readonly began_at: string;
  /** When the first call was started; null where nobody was called. */
  readonly first_call_at: string | null;
  readonly ended_at: string;
  readonly calls_by_hour: readonly { readonly hour: string; readonly calls: number }[];
  /** The first of the minutes in which most calls were started; `open` at once at most within it. */
  readonly busiest_minute: { readonly minute: string; readonly calls: number; readonly open: number } | null;
  readonly recipients_by_attempts: readonly { readonly attempts: number; readonly recipients: number }[];
  /** Minutes talked, to two decimals. */
  readonly minutes: number;
  readonly cost: RehearsedCost | null;
  readonly canary: { readonly calls: number; readonly through_at: string | null } | null;
  /** Recipients who were not called, and those of whom nobody can tell; the most common reason first. */
  readonly skipped: readonly ReasonedPeople[];
  readonly unresolved: readonly ReasonedPeople[];
  /** What a reader should know of it. */
  readonly notes: readonly string[];
  readonly diagnostics: readonly Finding[];
};

/** Amounts as decimal numbers of the currency. */
export type RehearsedCost = {
  readonly currency: string;
  /** Whose price of a minute it is: the file's, or the one that the stand-in took. */
  readonly price: 'file' | 'sandbox';
  readonly per_minute: number;
  readonly low: number;
  readonly expected: number;
  readonly high: number;
  /** What the high end is bounded by: so many calls of `max_call`, or a budget. */
  readonly bound: 'max_call' | 'budget';
};

export type ReasonedPeople = {
  readonly reason: string;
  readonly recipients: number;
  /** Ids of the first of them; with --all of everybody. */
  readonly ids: readonly string[];
};

/** The same for people: instants as local text, `Tue 24 Nov 09:00 Africa/Lagos`. */
export type Rehearsal = {
  readonly report: RehearsalReport;
  /** The longest that a call is reckoned to last. */
  readonly maxCallMs: number;
  /** How the run was set up; what it forecasts is left out. */
  readonly before: BeforeRun;
  readonly began: string;
  readonly ended: string;
  readonly first?: string;
  /** From the first call to the end. */
  readonly lastedMs: number;
  readonly busiest?: string;
  readonly canaryThrough?: string;
  /** Calls by the hour, or by the day where there are many hours; the zone is said where people are in several. */
  readonly chart: { readonly by: 'hour' | 'day'; readonly zone?: string; readonly rows: readonly ChartRow[] };
  /** Command line that writes all rows which cannot be called to a file. */
  readonly rejects: string;
  /** Command line that names everybody who is not called. */
  readonly all: string;
};

export type ChartRow = {
  readonly label: string;
  readonly calls: number;
  /** Of a day: calls in its fullest hour. */
  readonly most?: number;
};

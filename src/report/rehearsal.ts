import { renderBeforeRun, type BeforeRun } from './before-run.ts';
import type { Finding } from './finding.ts';
import { count } from './quantity.ts';
import { indented } from './render-resource.ts';
import { renderInvalid } from './render-validation.ts';
import { summaryLines, type RunSummary } from './run.ts';
import type { View } from './style.ts';
import type { RecipientsValidation } from './validation-report.ts';
import { padEnd, padStart, wrap } from './width.ts';

/** A rehearsal as data: what `rehearse --format json` prints, described by schema/rehearsal.schema.json. */
export type RehearsalReport = RunSummary & {
  readonly tool_version: string;
  readonly recipients: RecipientsValidation;
  /** ISO 8601, UTC, by the clock that jumps. */
  readonly began_at: string;
  readonly ended_at: string;
  /** Calls by the hour in which they started; hours without calls are left out. */
  readonly calls_by_hour: readonly { readonly hour: string; readonly calls: number }[];
  /** What a reader should know of it. */
  readonly notes: readonly string[];
  readonly diagnostics: readonly Finding[];
};

/** The same for people: instants as local text, `Tue 24 Nov 09:00`. */
export type Rehearsal = {
  readonly report: RehearsalReport;
  readonly before: BeforeRun;
  readonly began: string;
  readonly ended: string;
  readonly hours: readonly string[];
  /** Command line that writes all rows which cannot be called to a file. */
  readonly rejects: string;
};

const mostHours = 12;
const barWidth = 30;

export function renderRehearsal(rehearsal: Rehearsal, view: View): string {
  const { style } = view;
  const { report, before, began, ended } = rehearsal;
  const parts = [
    [`${style.bold('Rehearsal')}: nobody is called, nothing is written`, ...notesOf(report, view)],
    [renderBeforeRun(before, view).trimEnd(), ...invalidLines(rehearsal, view)],
    [style.bold('As it would go'), ...summaryLines(report, view)],
    [`  ${style.dim(padEnd('begins', 11))} ${began}`, `  ${style.dim(padEnd('would end', 11))} ${ended}`],
    hourLines(rehearsal, view),
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function notesOf({ notes }: RehearsalReport, { columns }: View): readonly string[] {
  return notes.flatMap((note) =>
    wrap(note, columns - 2).map((line, index) => (index === 0 ? `- ${line}` : `  ${line}`)),
  );
}

function invalidLines({ report, rejects }: Rehearsal, view: View): readonly string[] {
  const { recipients } = report;
  if (recipients.invalid.rows === 0) return [];
  return [
    ...indented(2, renderInvalid(recipients, { ...view, columns: view.columns - 2 })),
    '',
    '    all of them as a file:',
    `    ${rejects}`,
  ];
}

function hourLines({ report, hours }: Rehearsal, { style }: View): readonly string[] {
  const calls = report.calls_by_hour.slice(0, mostHours).map((hour) => hour.calls);
  if (calls.length === 0) return [];
  const most = Math.max(...calls);
  const width = Math.max(...hours.map((hour) => hour.length));
  const lines = calls.map((value, index) => {
    const bar = '▇'.repeat(Math.max(1, Math.round((value / most) * barWidth)));
    return `  ${padEnd(hours[index] ?? '', width)}  ${padStart(count(value), count(most).length)}  ${style.cyan(bar)}`;
  });
  const left = report.calls_by_hour.length - calls.length;
  return [
    `  ${style.dim('calls by the hour')}`,
    ...lines,
    ...(left > 0 ? [`  and ${left === 1 ? 'one hour' : `${count(left)} hours`} more`] : []),
  ];
}

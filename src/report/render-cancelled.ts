/** A wave that a person ends for good: what is shown before the question, and what came of it. */
import type { CancelledReport } from './cancelled-report.ts';
import { cleanLine } from './clean.ts';
import { namedLines, type NamedRow } from './named-lines.ts';
import { countOf } from './quantity.ts';
import { indented } from './indented.ts';
import { renderHeading } from './render-resource.ts';
import { countRows } from './count-rows.ts';
import { stopWords } from './stop-words.ts';
import type { View } from './style.ts';
import { countTable } from './count-table.ts';
import { runWords } from './render-wave-change.ts';
import type { UnderWay } from './wave-change-report.ts';
import { wrap } from './width.ts';

/** What a person sees before the number is asked for. */
export type BeforeCancel = {
  readonly address: string;
  readonly file: string;
  readonly wave: string;
  /** Recipients who wait for a call. */
  readonly pending: number;
  /** Calls that the provider has. */
  readonly accepted: number;
  /** Recipients of whom nobody knows yet whether they were called. */
  readonly doubtful: number;
  /** Why the provider cannot end calls; undefined where it can. */
  readonly cannot: string | undefined;
  readonly run: UnderWay | null;
};

/** What a cancel is about to end, before the number is asked for. */
export function renderBeforeCancel(before: BeforeCancel, view: View): string {
  const { pending, accepted, doubtful, run } = before;
  const rows: readonly NamedRow[] = [
    ['cancel', `${countOf(pending, 'person', 'people')} not called any more in this wave, for good`],
    ['under way', accepted === 0 ? undefined : callsWords(before)],
    ['in doubt', doubtful === 0 ? undefined : `${countOf(doubtful, 'person', 'people')}, looked up as by a run`],
    [
      'run',
      run === null
        ? undefined
        : `process ${String(run.pid)} on ${cleanLine(run.hostname)} is under way, and sees to the calls`,
    ],
  ];
  return `${[...renderHeading(before, view), '', ...namedLines(rows, view)].join('\n')}\n`;
}

function callsWords({ accepted, cannot }: BeforeCancel): string {
  const calls = countOf(accepted, 'call');
  if (cannot === undefined) return `${calls}, which the provider is asked to end`;
  return `${calls}, to be followed to the end: ${cannot}`;
}

/** A cancelled wave as a person reads it. */
export function renderCancelled(report: CancelledReport, view: View): string {
  const { was, skipped, why, counts, run, files } = report;
  const inner = view.columns - 2;
  const again = was?.kind === 'cancelled' ? `It was ${stopWords(was)}; nobody of it is called any more.` : undefined;
  const words = [
    again ?? `Cancelled, for good: ${countOf(skipped, 'person is', 'people are')} not called any more.`,
    ...(run === null ? [] : [`${runWords(run)} sees to the calls.`]),
    ...(why === null ? [] : [`Not all calls are over: ${cleanLine(why)}`]),
  ];
  const table = countTable(countRows(counts), { ...view, columns: view.columns - 4 });
  const lines = [
    ...renderHeading(report, view),
    '',
    ...words.flatMap((line) => wrap(line, inner).map((part) => `  ${part}`)),
    ...(counts.recipients === 0 ? [] : ['', ...indented(4, table)]),
    ...(files.length === 0 ? [] : ['', ...files.map((file) => `  ${view.style.dim(file)}`)]),
  ];
  return `${lines.join('\n')}\n`;
}

/** The question that only the number answers. */
export function cancelQuestion(people: number): string {
  return `Type ${String(people)} to cancel the wave for good, anything else to change nothing: `;
}

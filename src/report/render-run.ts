import { cleanLine } from './clean.ts';
import { countLines, countRows } from './count-rows.ts';
import { parentWords } from './parent-words.ts';
import { count, countOf, duration } from './quantity.ts';
import { indented } from './indented.ts';
import { renderHeading } from './render-resource.ts';
import type { RunReport, RunSummary } from './run-report.ts';
import type { View } from './style.ts';
import { tripLines, type ShownTrip } from './trip.ts';
import { wrap } from './width.ts';

/** Calls listed one by one; the JSON has all of them. */
const listedCalls = 20;

/** The end of a run as a person reads it. */
export function renderRun(report: RunReport, view: View): string {
  const { calls_without_reference: calls, files, parent, tripped } = report;
  const more = calls.length - listedCalls;
  const causes = tripped === null ? [] : [...besideStop(report, tripped, view), ...tripLines(tripped, view)];
  const lines = [
    ...renderHeading(report, view),
    ...(parent === null ? [] : wrap(`repeats ${parentWords(parent)}`, view.columns).map(view.style.dim)),
    '',
    ...summaryLines(report, view),
    ...(calls.length === 0 ? [] : ['', `  ${view.style.bold('Calls without a reference')}`]),
    ...calls.slice(0, listedCalls).map(({ phone, id }) => `    ${phone}  ${view.style.dim(cleanLine(id ?? 'no id'))}`),
    ...(more > 0 ? [`    and ${count(more)} more; --format json lists all`] : []),
    ...(causes.length === 0 ? [] : ['', ...indented(2, causes)]),
    ...(files.length === 0 ? [] : ['', ...files.map((file) => `  ${view.style.dim(file)}`)]),
  ];
  return `${lines.join('\n')}\n`;
}

/** Where a person's word is what ended it, the other reason is said beside. */
function besideStop({ stopped }: RunReport, { why }: ShownTrip, { columns }: View): readonly string[] {
  return stopped === null ? [] : wrap(`It had stopped itself, too: ${cleanLine(why)}`, columns - 2);
}

/** How it ended, and how many recipients ended how. */
function summaryLines(summary: RunSummary, view: View): readonly string[] {
  const { counts, dialled } = summary;
  return [
    ...endLines(summary, view),
    ...wrap(`${countOf(counts.recipients, 'recipient')}, ${firstCalls(dialled)}`, view.columns - 2).map(
      (line) => `  ${line}`,
    ),
    ...countLines(countRows(counts), view),
    ...(counts.seconds > 0
      ? ['', `  talked for ${duration(counts.seconds * 1000)} in ${countOf(counts.attempts, 'attempt')}`]
      : []),
  ];
}

/** How it ended, and why it is not complete. */
export function endLines({ status, why, counts }: RunSummary, { style, columns }: View): readonly string[] {
  const unresolved = counts.states['unresolved'] ?? 0;
  const isDone = status === 'complete' && unresolved === 0;
  const paint = isDone ? style.green : style.yellow;
  const words = status === 'complete' && !isDone ? unresolvedWords(unresolved) : (statusWords[status] ?? status);
  const reason = why === null ? [] : wrap(cleanLine(why), columns - 4).map((line) => `    ${line}`);
  return [`  ${paint(words)}`, ...reason];
}

const statusWords: Readonly<Record<string, string>> = {
  complete: 'Complete: everybody has a final outcome',
  incomplete: 'Incomplete: running again goes on',
  interrupted: 'Interrupted: running again goes on',
  tripped: 'Stopped: nobody is called until it is resumed',
  paused: 'Paused: nobody is called until it is resumed',
  cancelled: 'Cancelled: nobody is called any more in this wave',
  stopped: 'Stopped',
};

function unresolvedWords(unresolved: number): string {
  return `Ended; a person has to decide about ${countOf(unresolved, 'recipient')}`;
}

function firstCalls(dialled: number): string {
  return dialled === 0
    ? 'nobody called for the first time in this run'
    : `${count(dialled)} called for the first time in this run`;
}

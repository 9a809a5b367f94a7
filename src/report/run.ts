import type { Counts, WaveParent } from '../model/wave.ts';
import { cleanLine } from './clean.ts';
import { listCounts, outcomeWords, replyWords, skipWords, waitWords } from './count-words.ts';
import type { Finding } from './finding.ts';
import { parentWords } from './parent-words.ts';
import { count, countOf, duration } from './quantity.ts';
import { indented } from './indented.ts';
import { renderHeading } from './render-resource.ts';
import type { StopReport } from './stop-words.ts';
import type { View } from './style.ts';
import { countTable } from './table.ts';
import { tripLines, type ShownTrip } from './trip.ts';
import type { CountRow } from './table.ts';
import { wrap } from './width.ts';

/** How the calling of a wave ended. */
export type RunSummary = {
  readonly address: string;
  readonly file: string;
  readonly wave: string;
  /** `complete`, `incomplete`, ... as in the manifest. */
  readonly status: string;
  /** Why it is not complete. */
  readonly why: string | null;
  /** Recipients called for the first time in this run. */
  readonly dialled: number;
  readonly counts: Counts;
};

/** A run as data: what `run --format json` prints, described by schema/run.schema.json. */
export type RunReport = RunSummary & {
  readonly tool_version: string;
  /** Why the wave stopped itself; null where it did not. */
  readonly tripped: ShownTrip | null;
  /** A person's word that ended it or kept it from calling; null where there was none. */
  readonly stopped: StopReport | null;
  /** What the wave repeats; null where its recipients came from the file. */
  readonly parent: WaveParent | null;
  /** Calls that kept the run from calling, as the provider lists them. */
  readonly calls_without_reference: readonly CallWithoutReference[];
  /** Manifest and results, from the working directory. */
  readonly files: readonly string[];
  readonly diagnostics: readonly Finding[];
};

export type CallWithoutReference = { readonly phone: string; readonly id: string | null };

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

/** Counts as a part of a report; no lines for nobody. */
export function countLines(rows: readonly CountRow[], view: View): readonly string[] {
  return rows.length === 0 ? [] : ['', ...indented(4, countTable(rows, { ...view, columns: view.columns - 4 }))];
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

/** Outcomes first, then who is under way, who waits, and who is not called. */
export function countRows({ outcomes, states, replies, waits, skips }: Counts): readonly CountRow[] {
  const ended = Object.entries(outcomes).map(([outcome, value]) => ({
    sign: '+',
    value,
    name: outcomeWords[outcome] ?? outcome,
    note: outcome === 'answered' ? replyWords({ outcomes, replies }) : '',
  }));
  const others = [
    { sign: ' ', state: 'accepted', name: 'under way', note: '' },
    { sign: ' ', state: 'intent', name: 'being sent', note: '' },
    { sign: '!', state: 'in_doubt', name: 'in doubt', note: 'may have been called; looked up by the next run' },
    { sign: '!', state: 'unresolved', name: 'unresolved', note: 'not called again until a person decides' },
    { sign: ' ', state: 'pending', name: 'pending', note: listCounts(waits, waitWords) },
    { sign: '-', state: 'rejected', name: 'rejected', note: 'refused by the provider' },
    { sign: '-', state: 'skipped', name: 'skipped', note: listCounts(skips, skipWords) },
  ].map(({ state, ...row }) => ({ ...row, value: states[state] ?? 0 }));
  return [...ended, ...others]
    .filter(({ value }) => value > 0)
    .map(({ value, ...row }) => ({ ...row, count: count(value) }));
}

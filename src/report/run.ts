import type { Counts } from '../model/wave.ts';
import { cleanLine } from './clean.ts';
import type { Finding } from './finding.ts';
import { count, countOf, duration } from './quantity.ts';
import { renderHeading } from './render-resource.ts';
import type { View } from './style.ts';
import { padEnd, padStart, widthOf, wrap } from './width.ts';

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
  const { calls_without_reference: calls, files } = report;
  const more = calls.length - listedCalls;
  const lines = [
    ...renderHeading(report, view),
    '',
    ...summaryLines(report, view),
    ...(calls.length === 0 ? [] : ['', `  ${view.style.bold('Calls without a reference')}`]),
    ...calls.slice(0, listedCalls).map(({ phone, id }) => `    ${phone}  ${view.style.dim(cleanLine(id ?? 'no id'))}`),
    ...(more > 0 ? [`    and ${count(more)} more; --format json lists all`] : []),
    ...(files.length === 0 ? [] : ['', ...files.map((file) => `  ${view.style.dim(file)}`)]),
  ];
  return `${lines.join('\n')}\n`;
}

/** How it ended, and how many recipients ended how. */
export function summaryLines({ status, why, counts, dialled }: RunSummary, view: View): readonly string[] {
  const { style, columns } = view;
  const paint = status === 'complete' ? style.green : style.yellow;
  const reason = why === null ? [] : wrap(cleanLine(why), columns - 4).map((line) => `    ${line}`);
  return [
    `  ${paint(statusWords[status] ?? status)}`,
    ...reason,
    ...wrap(`${countOf(counts.recipients, 'recipient')}, ${firstCalls(dialled)}`, columns - 2).map(
      (line) => `  ${line}`,
    ),
    ...(counts.recipients === 0 ? [] : ['', ...table(rowsOf(counts), view)]),
    ...(counts.seconds > 0
      ? ['', `  talked for ${duration(counts.seconds * 1000)} in ${countOf(counts.attempts, 'attempt')}`]
      : []),
  ];
}

const statusWords: Readonly<Record<string, string>> = {
  complete: 'Complete: everybody has a final outcome',
  incomplete: 'Incomplete: running again goes on',
  interrupted: 'Interrupted: running again goes on',
  tripped: 'Stopped by the breaker: nobody is called until it is resumed',
  stopped: 'Stopped',
};

function firstCalls(dialled: number): string {
  return dialled === 0
    ? 'nobody called for the first time in this run'
    : `${count(dialled)} called for the first time in this run`;
}

type Line = { readonly name: string; readonly value: number; readonly detail: string };

/** Outcomes first, then who was not called and why, then who is left. */
function rowsOf(counts: Counts): readonly Line[] {
  const outcomes = Object.entries(counts.outcomes).map(([name, value]) => ({
    name: name.replaceAll('_', ' '),
    value,
    detail: name === 'answered' ? listed(counts.replies, cleanLine) : '',
  }));
  const others = Object.entries(counts.states)
    .filter(([state]) => state !== 'done')
    .map(([state, value]) => ({ name: stateWords[state] ?? state, value, detail: detailOf(state, counts) }));
  return [...outcomes, ...others].filter(({ value }) => value > 0);
}

const stateWords: Readonly<Record<string, string>> = {
  intent: 'being sent',
  accepted: 'under way',
  in_doubt: 'may have been called',
};

function detailOf(state: string, counts: Counts): string {
  if (state === 'skipped') return listed(counts.skips, spaced);
  if (state === 'pending') return listed(counts.waits, spaced);
  return '';
}

function spaced(name: string): string {
  return name.replaceAll('_', ' ');
}

function listed(values: Readonly<Record<string, number>>, word: (name: string) => string): string {
  return Object.entries(values)
    .filter(([, value]) => value > 0)
    .map(([name, value]) => `${word(name)} ${count(value)}`)
    .join(' · ');
}

function table(rows: readonly Line[], { columns, style }: View): readonly string[] {
  const nameWidth = Math.max(0, ...rows.map(({ name }) => widthOf(name)));
  const valueWidth = Math.max(0, ...rows.map(({ value }) => widthOf(count(value))));
  const indent = nameWidth + valueWidth + 7;
  return rows.flatMap(({ name, value, detail }) => {
    const head = `  ${padEnd(name, nameWidth)}  ${padStart(count(value), valueWidth)}`;
    if (detail === '') return [head];
    const [first = '', ...rest] = wrap(detail, columns - indent);
    return [`${head}   ${style.dim(first)}`, ...rest.map((line) => ' '.repeat(indent) + style.dim(line))];
  });
}

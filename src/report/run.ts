import type { Counts } from '../model/wave.ts';
import { count, countOf, duration } from './quantity.ts';
import type { View } from './style.ts';
import { padEnd, padStart, widthOf, wrap } from './width.ts';

/** What is told of a run when it has ended. */
export type RunSummary = {
  readonly address: string;
  readonly wave: string;
  /** `complete`, `incomplete`, ... as in the manifest. */
  readonly status: string;
  /** Why it is not complete. */
  readonly why?: string;
  /** Recipients called for the first time in this run. */
  readonly dialled: number;
  readonly counts: Counts;
  /** Labels of reply options, where the resource has them. */
  readonly files: readonly string[];
};

/** The end of a run as a person reads it. */
export function renderRun(summary: RunSummary, view: View): string {
  const { counts } = summary;
  const lines = [
    `${view.style.bold(summary.address)}  wave ${summary.wave}  ${statusWord(summary, view)}`,
    ...(summary.why === undefined ? [] : wrap(summary.why, view.columns - 2).map((line) => `  ${line}`)),
    '',
    `  ${countOf(counts.recipients, 'recipient')}, ${count(summary.dialled)} called for the first time in this run`,
    '',
    ...table(rowsOf(counts), view),
  ];
  if (counts.seconds > 0)
    lines.push('', `  talked for ${duration(counts.seconds * 1000)} in ${countOf(counts.attempts, 'attempt')}`);
  if (summary.files.length > 0) lines.push('', ...summary.files.map((file) => `  ${view.style.dim(file)}`));
  return `${lines.join('\n')}\n`;
}

function statusWord(summary: RunSummary, { style }: View): string {
  const paint = summary.status === 'complete' ? style.green : style.yellow;
  return paint(summary.status);
}

type Line = { readonly name: string; readonly value: number; readonly detail: string };

/** Outcomes first, then who was not called and why, then who is left. */
function rowsOf(counts: Counts): readonly Line[] {
  const outcomes = Object.entries(counts.outcomes).map(([name, value]) => ({
    name,
    value,
    detail: name === 'answered' ? listed(counts.replies) : '',
  }));
  const others = Object.entries(counts.states)
    .filter(([state]) => state !== 'done')
    .map(([state, value]) => ({ name: stateWord(state), value, detail: detailOf(state, counts) }));
  return [...outcomes, ...others].filter(({ value }) => value > 0);
}

function detailOf(state: string, counts: Counts): string {
  if (state === 'skipped') return listed(counts.skips, (reason) => reason.replaceAll('_', ' '));
  if (state === 'pending') return listed(counts.waits, (wait) => wait.replaceAll('_', ' '));
  return '';
}

function stateWord(state: string): string {
  return state === 'in_doubt' ? 'may have been called' : state;
}

function listed(values: Readonly<Record<string, number>>, word: (name: string) => string = (name) => name): string {
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

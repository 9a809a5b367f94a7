import { renderBeforeRun, type BeforeRun } from './before-run.ts';
import { count } from './quantity.ts';
import { renderRun, type RunSummary } from './run.ts';
import type { View } from './style.ts';
import { padEnd, padStart, wrap } from './width.ts';

/** What a rehearsal showed; instants as local text. */
export type Rehearsal = {
  readonly before: BeforeRun;
  readonly summary: RunSummary;
  readonly began: string;
  readonly ended: string;
  /** Calls by the hour: `Tue 24 Nov 09:00` and how many. */
  readonly hours: readonly { readonly hour: string; readonly calls: number }[];
  /** What a reader should know of it. */
  readonly notes: readonly string[];
};

const mostHours = 12;

export function renderRehearsal(rehearsal: Rehearsal, view: View): string {
  const { columns, style } = view;
  const notes = rehearsal.notes.flatMap((note) =>
    wrap(note, columns - 2).map((line, index) => (index === 0 ? `- ${line}` : `  ${line}`)),
  );
  const parts = [
    `${style.bold('Rehearsal')}: nobody was called, nothing was written\n`,
    ...(notes.length === 0 ? [] : [`${notes.join('\n')}\n`]),
    renderBeforeRun(rehearsal.before, view),
    renderRun(rehearsal.summary, view),
    `  ${style.dim(padEnd('begins', 11))} ${rehearsal.began}\n  ${style.dim(padEnd('would end', 11))} ${rehearsal.ended}\n`,
    renderHours(rehearsal.hours, view),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

function renderHours(hours: Rehearsal['hours'], { style }: View): string {
  if (hours.length === 0) return '';
  const most = Math.max(...hours.map(({ calls }) => calls));
  const width = Math.max(...hours.map(({ hour }) => hour.length));
  const numbers = count(most).length;
  const lines = hours.slice(0, mostHours).map(({ hour, calls }) => {
    const bar = '▇'.repeat(Math.max(1, Math.round((calls / most) * 30)));
    return `  ${padEnd(hour, width)}  ${padStart(count(calls), numbers)}  ${style.cyan(bar)}`;
  });
  const left = hours.length - mostHours;
  const more = left > 0 ? [`  and ${count(left)} more hours`] : [];
  return `  ${style.dim('calls an hour')}\n${[...lines, ...more].join('\n')}\n`;
}

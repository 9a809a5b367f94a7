/** A rehearsal for people: the answers first, then who is not called, then how it was set up. */
import { beforeLines } from './before-run.ts';
import { cleanLine } from './clean.ts';
import { skipWords } from './count-words.ts';
import { hang } from './hang.ts';
import { namedLines } from './named-lines.ts';
import { count, countOf, duration } from './quantity.ts';
import type { ReasonedPeople, Rehearsal, RehearsalReport, RehearsedCost } from './rehearsal-report.ts';
import { indented } from './indented.ts';
import { renderHeading } from './render-resource.ts';
import { renderInvalid } from './render-validation.ts';
import { countLines, countRows } from './count-rows.ts';
import { endLines } from './render-run.ts';
import type { View } from './style.ts';
import { padEnd, padStart } from './width.ts';

/** Lines of the chart, and rows that cannot be called. */
const mostRows = 14;
const mostInvalid = 5;
const barWidth = 30;

/** A run would go on. */
const interrupted = 'Interrupted: the next rehearsal begins anew';

/** A rehearsal as a person reads it. */
export function renderRehearsal(rehearsal: Rehearsal, view: View): string {
  const { style } = view;
  const { report, before, began } = rehearsal;
  const rows = countRows({ ...report.counts, skips: {} });
  const parts = [
    [`${style.bold('Rehearsal')}: nobody is called, nothing is written`, ...notesOf(report, view)],
    renderHeading(report, view),
    report.status === 'interrupted' ? [`  ${style.yellow(interrupted)}`] : endLines(report, view),
    answers(rehearsal, view),
    countLines(rows, view).slice(1),
    chartLines(rehearsal, view),
    notCalled(rehearsal, view),
    invalidLines(rehearsal, view),
    [`  ${style.bold('As set up')}`, ...namedLines([['begins', began]], view), ...beforeLines(before, view)],
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function notesOf({ notes }: RehearsalReport, { columns }: View): readonly string[] {
  return notes.flatMap((note) => hang(note, columns, { first: '- ' }));
}

function answers(rehearsal: Rehearsal, view: View): readonly string[] {
  const { report, first, ended, lastedMs } = rehearsal;
  const end = report.status === 'complete' ? 'would end' : 'would stop';
  return namedLines(
    [
      ['first call', first],
      [end, first === undefined ? ended : `${ended}, ${duration(lastedMs)} after the first call`],
      ['called', callsWords(report)],
      ['talked for', report.counts.seconds > 0 ? duration(report.counts.seconds * 1000) : undefined],
      ['cost', costWords(rehearsal)],
      ['busiest', busiestWords(rehearsal)],
      ['canary', canaryWords(rehearsal)],
    ],
    view,
  );
}

const timesWords = ['once', 'twice', 'three times', 'four times', 'five times', 'six times', 'seven times'];

function callsWords({ recipients_by_attempts: groups }: RehearsalReport): string | undefined {
  const people = groups.reduce((sum, group) => sum + group.recipients, 0);
  if (people === 0) return undefined;
  const calls = groups.reduce((sum, group) => sum + group.recipients * group.attempts, 0);
  const who = countOf(people, 'person', 'people');
  if (calls === people) return `${who}, once${people === 1 ? '' : ' each'}`;
  const times = groups.map((group) => `${count(group.recipients)} ${timesOf(group.attempts)}`);
  return `${who} in ${countOf(calls, 'call')}: ${times.join(', ')}`;
}

function timesOf(attempts: number): string {
  return timesWords[attempts - 1] ?? `${count(attempts)} times`;
}

function costWords({ report, before, maxCallMs }: Rehearsal): string | undefined {
  const { cost, first_call_at: first } = report;
  if (first === null) return undefined;
  if (cost === null) return 'not known: execution.price says what a minute costs';
  const { max } = before.execution.attempts;
  const often = max === 1 ? '' : ` ${timesOf(max)}`;
  const most = cost.bound === 'budget' ? 'the budget' : `if everybody talks for ${duration(maxCallMs)}${often}`;
  const range = `from ${money(cost.low)}, if nobody answers, to ${money(cost.high)}, ${most}`;
  return `about ${money(cost.expected)} ${cost.currency} at ${priceWords(cost)}; ${range}`;
}

function priceWords({ price, per_minute: minute, currency }: RehearsedCost): string {
  const words = `${money(minute, 4)} ${currency} a minute`;
  return price === 'file' ? words : `the stand-in’s ${words}`;
}

/** To the cent, small amounts with what is less than a cent. */
function money(amount: number, digits = amount >= 0.1 ? 2 : 4): string {
  const [whole = '', rest = ''] = amount.toFixed(digits).split('.');
  return `${count(Number(whole))}.${rest.replace(/0{1,2}$/, '').padEnd(2, '0')}`;
}

function busiestWords({ report, busiest }: Rehearsal): string | undefined {
  const minute = report.busiest_minute;
  if (busiest === undefined || minute === null) return undefined;
  return `${busiest}: ${countOf(minute.calls, 'call')} started, ${count(minute.open)} open at once`;
}

function canaryWords({ report, canaryThrough }: Rehearsal): string | undefined {
  if (report.canary === null) return undefined;
  const calls = countOf(report.canary.calls, 'call');
  const are = report.canary.calls === 1 ? 'is' : 'are';
  return `its ${calls} ${are} ${canaryThrough === undefined ? 'not over' : `over by ${canaryThrough}`}`;
}

function chartLines({ report, chart }: Rehearsal, { columns, style }: View): readonly string[] {
  if (report.calls_by_hour.length === 0) return [];
  const rows = chart.rows.slice(0, mostRows);
  const most = Math.max(...rows.map(({ calls }) => calls));
  const labels = column(rows.map(({ label }) => label));
  const values = rows.map(({ calls }) => padStart(count(calls), count(most).length));
  const notes = column(rows.map(({ most: hour }) => (hour === undefined ? '' : `up to ${count(hour)} an hour  `)));
  const left = chart.rows.length - rows.length;
  return [
    `  ${style.bold(`Calls by the ${chart.by}${chart.zone === undefined ? '' : `, ${chart.zone}`}`)}`,
    ...rows.map(({ calls }, index) => {
      const head = `    ${labels[index] ?? ''}  ${values[index] ?? ''}  `;
      const note = notes[index] ?? '';
      const width = Math.min(barWidth, columns - head.length - note.length);
      return `${head}${style.dim(note)}${style.cyan('▇'.repeat(Math.max(1, Math.round((calls / most) * width))))}`;
    }),
    ...(left > 0 ? [`    and ${countOf(left, chart.by)} more; --format json has all`] : []),
  ];
}

/** All as wide as the widest. */
function column(texts: readonly string[]): readonly string[] {
  const width = Math.max(...texts.map((text) => text.length));
  return texts.map((text) => padEnd(text, width));
}

function notCalled({ report, all }: Rehearsal, view: View): readonly string[] {
  const groups = [...report.skipped, ...report.unresolved];
  if (groups.length === 0) return [];
  const isCut = groups.some(({ recipients, ids }) => recipients > ids.length);
  return [
    ...peopleLines('Skipped', report.skipped, view),
    ...peopleLines('Unresolved', report.unresolved, view),
    ...(isCut ? ['', '    everybody by id:', `    ${all}`] : []),
  ];
}

function peopleLines(title: string, groups: readonly ReasonedPeople[], { columns, style }: View): readonly string[] {
  if (groups.length === 0) return [];
  return [
    `  ${style.bold(title)}`,
    ...groups.flatMap(({ reason, recipients, ids }) => {
      const more = recipients > ids.length ? ', …' : '';
      const words = `${count(recipients)} ${skipWords[reason] ?? cleanLine(reason)}: ${ids.map(cleanLine).join(', ')}${more}`;
      return hang(words, columns, { first: '    ', rest: '      ' });
    }),
  ];
}

function invalidLines({ report, rejects }: Rehearsal, view: View): readonly string[] {
  const { recipients } = report;
  if (recipients.invalid.rows === 0) return [];
  const first = { ...recipients, first_invalid: recipients.first_invalid.slice(0, mostInvalid) };
  return [
    ...indented(2, renderInvalid(first, { ...view, columns: view.columns - 2 })).slice(1),
    '',
    '    all of them as a file:',
    `    ${rejects}`,
  ];
}

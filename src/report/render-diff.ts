import { cleanLine } from './clean.ts';
import { outcomeWords, skipWords } from './count-words.ts';
import type { DiffCounts, DiffEnd, DiffReport, DiffSide, RecipientsDiff } from './diff-report.ts';
import { hang } from './hang.ts';
import { parentWords } from './parent-words.ts';
import { count, countOf } from './quantity.ts';
import type { View } from './style.ts';
import { fit, padEnd, padStart, widthOf, wrap } from './width.ts';
import { listed } from './words/quote.ts';

/** Two waves side by side, as a person reads them. */
export function renderDiff(report: DiffReport, view: View): string {
  const { style, columns } = view;
  const said = (text: string): readonly string[] => wrap(text, columns - 2).map((line) => `  ${line}`);
  const lines = [
    ...renderSide('A', report.a, view),
    ...renderSide('B', report.b, view),
    '',
    ...(report.same ? [`  ${style.green('No difference')}`] : []),
    ...said(configurationWords(report)),
    '',
    ...renderCounts(report.counts, view),
    '',
    ...renderRecipients(report.recipients, view),
    '',
    ...hang(recordWords(report.a), columns, { first: '  A: ' }).map(style.dim),
    ...hang(recordWords(report.b), columns, { first: '  B: ' }).map(style.dim),
  ];
  return `${lines.join('\n')}\n`;
}

function renderSide(
  name: string,
  { address, wave, status, file, parent }: DiffSide,
  { style, columns }: View,
): readonly string[] {
  return [
    `${style.bold(name)}  ${style.bold(address)}  wave ${cleanLine(wave)}  ${status}`,
    style.dim(`   ${fit(cleanLine(file), columns - 3)}`),
    ...(parent === null
      ? []
      : wrap(`repeats ${parentWords(parent)}`, columns - 3).map((line) => style.dim(`   ${line}`))),
  ];
}

const digestWords: Readonly<Record<string, string>> = {
  definition: 'definition',
  resource: 'resource',
  templates: "recipients' templates",
  recipients: 'list of recipients',
  suppression: 'do-not-call lists',
};

function configurationWords({ digests, limits }: DiffReport): string {
  const names = [...digests.map(({ name }) => digestWords[name] ?? name), ...limits];
  return names.length === 0 ? 'Configured alike' : `Differ: ${listed(names, 'and')}`;
}

type Cells = readonly [name: string, a: string, b: string, change: string];

function renderCounts({ a, b }: DiffReport['counts'], { style }: View): readonly string[] {
  const rows: readonly Cells[] = [
    ['', 'A', 'B', ''],
    numbers('recipients', a.recipients, b.recipients),
    ...named(a.outcomes, b.outcomes, (name) => `  ${outcomeWords[name] ?? name}`),
    ...named(withoutDone(a), withoutDone(b), (name) => `  ${name.replaceAll('_', ' ')}`),
    ...named(a.replies, b.replies, (name) => `replied ${cleanLine(name)}`),
    ...named(a.skipped, b.skipped, (name) => `skipped: ${skipWords[name] ?? name}`),
    numbers('attempts', a.attempts, b.attempts),
    numbers('minutes', a.minutes, b.minutes, minutesText),
    ...costs(a, b),
  ];
  const shown = rows.map(([name, ...cells]) => [fit(name, 34), ...cells] as const);
  const width = (column: 0 | 1 | 2 | 3): number => Math.max(...shown.map((row) => widthOf(row[column])));
  const [names, as, bs] = [width(0), width(1), width(2)];
  return shown.map(([name, one, other, change]) =>
    `  ${padEnd(name, names)}  ${padStart(one, as)}  ${padStart(other, bs)}  ${style.dim(change)}`.trimEnd(),
  );
}

/** `done` is told by outcomes. */
function withoutDone({ states }: DiffCounts): DiffCounts['states'] {
  return Object.fromEntries(Object.entries(states).filter(([state]) => state !== 'done'));
}

function named(
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
  words: (name: string) => string,
): readonly Cells[] {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].toSorted();
  return names.map((name) => numbers(words(name), a[name] ?? 0, b[name] ?? 0));
}

function numbers(name: string, a: number, b: number, print: (value: number) => string = count): Cells {
  const by = Math.round((b - a) * 100) / 100;
  return [name, print(a), print(b), by === 0 ? '' : `${by > 0 ? '+' : '-'}${print(Math.abs(by))}`];
}

/** With two digits after the point, as it is counted. */
function minutesText(minutes: number): string {
  const [whole = '', fraction = ''] = minutes.toFixed(2).split('.');
  return `${count(Number(whole))}.${fraction}`;
}

/** Sums of different currencies stand below each other. */
function costs(a: DiffCounts, b: DiffCounts): readonly Cells[] {
  const currencies = [...new Set([...a.costs, ...b.costs].map(currencyOf))].toSorted();
  const amount = ({ costs: all }: DiffCounts, currency: string): string =>
    all.find((cost) => currencyOf(cost) === currency)?.split(' ')[0] ?? '0';
  return currencies.map((currency) => [`cost, ${cleanLine(currency)}`, amount(a, currency), amount(b, currency), '']);
}

/** `USD` of `0.42 USD`. */
function currencyOf(cost: string): string {
  return cost.split(' ').at(-1) ?? '';
}

/** Changes listed one by one; the JSON has all of them. */
const listedChanges = 30;

function renderRecipients(recipients: RecipientsDiff, { columns }: View): readonly string[] {
  const said = (text: string): readonly string[] => wrap(text, columns - 2).map((line) => `  ${line}`);
  if (recipients.kind === 'unknown') return said(`Who ended otherwise cannot be told: ${recipients.why}`);
  const { in_both: both, only_in_a: onlyA, only_in_b: onlyB, alike, changes } = recipients;
  const width = Math.max(...[alike, ...changes.map((change) => change.recipients)].map((value) => count(value).length));
  const rows = [
    ...changes
      .slice(0, listedChanges)
      .map((change) => [change.recipients, `${endWords(change.from)} → ${endWords(change.to)}`] as const),
    ...(alike === 0 ? [] : [[alike, 'ended alike'] as const]),
  ];
  const more = changes.length - listedChanges;
  return [
    ...said(
      `${countOf(both, 'recipient')} in both, ${onlyA === 0 ? 'none' : count(onlyA)} only in A, ${onlyB === 0 ? 'none' : count(onlyB)} only in B`,
    ),
    ...rows.flatMap(([value, words]) => hang(words, columns, { first: `    ${padStart(count(value), width)}  ` })),
    ...(more > 0 ? [`    and ${count(more)} more kinds of change; --format json lists all`] : []),
  ];
}

function endWords({ outcome, reply }: DiffEnd): string {
  const words = outcomeWords[outcome] ?? outcome.replaceAll('_', ' ');
  return reply === undefined ? words : `${words} (${cleanLine(reply)})`;
}

function recordWords({ record }: DiffSide): string {
  const { runs, started_at: started, ended_at: ended, tool_version: tool, commit } = record;
  const until = ended === null ? ', not ended' : ` to ${clock(ended)}`;
  const times = started === null ? '' : `, ${clock(started)}${until}`;
  const checkout = commit === null ? '' : `, commit ${commit.slice(0, 12)}`;
  return `${countOf(runs, 'run')}${times}, callplan ${cleanLine(tool)}${cleanLine(checkout)}`;
}

/** `2026-11-24 10:00:00Z` of ISO 8601 in UTC. */
function clock(iso: string): string {
  return cleanLine(iso)
    .replace('T', ' ')
    .replace(/\.\d+Z$/, 'Z');
}

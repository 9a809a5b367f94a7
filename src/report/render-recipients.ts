import { hang } from './hang.ts';
import type { CallsPlan, RecipientsPlan } from './plan-report.ts';
import { cleanLine } from './clean.ts';
import { parentWords } from './parent-words.ts';
import { listCounts, skipWords } from './count-words.ts';
import { count, countOf, duration } from './quantity.ts';
import { stopWords } from './stop-words.ts';
import type { View } from './style.ts';
import { countTable } from './count-table.ts';
import type { CountRow } from './count-table.ts';
import { wrap } from './width.ts';

/** Who would be called, as a change against the ledger; then how long it takes. */
export function renderRecipients(recipients: RecipientsPlan, view: View): readonly string[] {
  const { style, columns } = view;
  const details = [
    `${style.bold('Calls')}  ${callsLine(recipients.calls)}`,
    ...limitLines(recipients.calls.limits).map((words) => `${style.bold('Limits')}  ${words}`),
    ...boundLines(recipients.calls.bounds).map(([name, words]) => `${style.bold(name)}  ${words}`),
    ...zoneLines(recipients.zones).map((words) => `${style.bold('Zones')}  ${words}`),
    ...(recipients.variables.length === 0 ? [] : [`${style.bold('Variables')}  ${recipients.variables.join(', ')}`]),
  ];
  return [
    ...recipientsHeading(recipients, view),
    ...countTable(rowsOf(recipients), { ...view, columns: columns - 2 }).map((line) => `  ${line}`),
    ...details.flatMap((detail) => hang(detail, columns, { first: '', rest: '  ' })),
  ];
}

/** Where the rows come from. */
export function recipientsHeading(
  { sources, rows }: Pick<RecipientsPlan, 'sources' | 'rows'>,
  { style, columns }: View,
): readonly string[] {
  const from = wrap(cleanLine(`${sources.join(', ')}, ${countOf(rows, 'row')}`), columns - 12);
  return from.map((line, index) => `${index === 0 ? style.bold('Recipients') : ' '.repeat(10)}  ${style.dim(line)}`);
}

function limitLines(limits: CallsPlan['limits']): readonly string[] {
  return limits === undefined ? [] : [limits.words.join('; ')];
}

function boundLines(bounds: CallsPlan['bounds']): readonly (readonly [string, string])[] {
  return (bounds?.words ?? []).map(({ name, words }) => [`${name.charAt(0).toUpperCase()}${name.slice(1)}`, words]);
}

/** Where the file or the rows name all zones there is nothing to say. */
function zoneLines(zones: RecipientsPlan['zones']): readonly string[] {
  if (zones === undefined) return [];
  const { from_row, from_number, from_number_several, toll_free, unknown } = zones;
  if (from_number + from_number_several + toll_free + unknown === 0) return [];
  const parts: readonly (readonly [number, string])[] = [
    [from_row, 'from the row'],
    [from_number, 'from the number (one zone)'],
    [from_number_several, 'from the number (several zones, all must be open)'],
    [toll_free, 'toll-free'],
    [unknown, 'unknown'],
  ];
  const shown = parts.filter(([people]) => people > 0);
  return [shown.map(([people, words]) => `${count(people)} ${words}`).join(', ')];
}

function rowsOf(recipients: RecipientsPlan): readonly CountRow[] {
  const { ledger, invalid, suppressed, skips, repeated, calls } = recipients;
  const skipped = Object.values(skips).reduce((sum, value) => sum + value, 0);
  const rows = [
    { sign: '+', value: calls.people, name: 'to call', note: toCallNote(recipients) },
    ...(ledger === null ? [] : ledgerRows(ledger)),
    { sign: '-', value: skipped, name: 'skipped', note: listCounts(skips, skipWords) },
    { sign: '!', value: suppressed, name: 'suppressed', note: 'on a do-not-call list' },
    { sign: ' ', value: repeated, name: 'repeated', note: 'same id and phone as an earlier row: called once' },
    { sign: ' ', value: recipients.left_out ?? 0, name: 'left out', note: 'not what `only` asks for' },
    { sign: '!', value: invalid.rows, name: 'invalid', note: invalidNote(invalid) },
  ].filter(({ value, name }) => value > 0 || name === 'to call');
  const shown = rows.map(({ sign, value, name, note }) => ({ sign, count: count(value), name, note }));
  if (ledger !== null) return shown;
  const why =
    recipients.other_store === undefined ? 'no store' : `last run from another store, ${recipients.other_store}`;
  return [...shown, { sign: ' ', count: '?', name: 'already called', note: `unknown (${why})` }];
}

type Row = Omit<CountRow, 'count'> & { readonly value: number };

function ledgerRows(ledger: NonNullable<RecipientsPlan['ledger']>): readonly Row[] {
  const changed = ledger.changed_since_call;
  const note = changed === 0 ? '' : `${count(changed)} of them with other values now`;
  return [
    { sign: ' ', value: ledger.already_called, name: 'already called', note },
    {
      sign: '-',
      value: ledger.removed,
      name: 'removed',
      note: 'not yet called and no longer listed: will not be called',
    },
  ];
}

function toCallNote({ ledger, calls, stopped, tripped, repeats }: RecipientsPlan): string {
  if (stopped !== undefined) return `the wave was ${stopWords(stopped)}`;
  if (tripped !== undefined) return `the wave stopped: ${cleanLine(tripped)}`;
  if (repeats !== undefined) return `the wave calls ${parentWords(repeats)} again; its rerun does`;
  if (calls.at_most) return 'at most: everybody valid';
  if (ledger === null || ledger.pending === 0) return '';
  return `${count(ledger.new)} new, ${count(ledger.pending)} pending from before`;
}

/** How many rows are invalid for which reasons, and whether that is too many. */
export function invalidNote({ rows, allowed, reasons }: RecipientsPlan['invalid']): string {
  const listed = Object.entries(reasons).map(([code, value]) => `${count(value)} ${code}`);
  const limit = rows > allowed ? `more than the ${count(allowed)} that max_invalid allows` : 'within max_invalid';
  return `${limit}: ${listed.join(', ')}`;
}

function callsLine(calls: CallsPlan): string {
  if (calls.people === 0) return 'none';
  const time = `about ${duration(calls.calling_seconds * 1000)} if a call lasts a minute`;
  const dispatches = countOf(calls.dispatches, 'dispatch', 'dispatches');
  if (calls.open_seconds_per_week === null) return `${dispatches}, ${time}, at any hour`;
  return `${dispatches}, ${time}, in windows of ${hours(calls.open_seconds_per_week)} a week`;
}

function hours(seconds: number): string {
  return `${count(Math.round(seconds / 360) / 10)} h`;
}

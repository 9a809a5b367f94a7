import { cleanLine } from './clean.ts';
import { hang } from './hang.ts';
import type { ListedOptOut, OptOutsChangedReport, OptOutSource, OptOutsReport } from './opt-outs-report.ts';
import { count, countOf } from './quantity.ts';
import type { View } from './style.ts';

const changeWords: Readonly<Record<OptOutsChangedReport['numbers'][number]['change'], string>> = {
  added: 'added',
  on_list: 'was on the list already',
  removed: 'removed',
  not_on_list: 'was not on the list',
};

/** Numbers changed that are listed one by one; the JSON has all of them. */
const listed = 20;

/** What became of the numbers that were added to the list or taken off it. */
export function renderOptOutsChanged({ store, numbers, on_list: onList }: OptOutsChangedReport, view: View): string {
  const more = numbers.length - listed;
  const lines = [
    ...numbers.slice(0, listed).map(({ phone, change }) => `${phone}  ${changeWords[change]}`),
    ...(more > 0 ? [`and ${count(more)} more; --format json lists all`] : []),
  ];
  return page(store, [...lines, '', onListWords(onList)], view);
}

/** The list of opt-outs as a person reads it. */
export function renderOptOuts({ store, exists, opt_outs: all }: OptOutsReport, view: View): string {
  if (!exists) return page(store, ['There is no such store yet: nobody is on its list.'], view);
  const current = all.filter(({ removed }) => removed === null);
  const lines = current.map(listedWords);
  const removed = all.length - current.length;
  const before = removed === 0 ? [] : [`${countOf(removed, 'removal')} on record: --format json shows them.`];
  return page(store, [...lines, ...(lines.length > 0 ? [''] : []), onListWords(current.length), ...before], view);
}

function listedWords({ phone, source }: ListedOptOut): string {
  return `${phone}  ${whenWords(source.at)}  ${sourceWords(source)}`;
}

/** The same with its removal, if there was one. */
export function optOutWords(optOut: ListedOptOut): string {
  const { removed } = optOut;
  const because = removed === null || removed.because === null ? '' : `: ${removed.because}`;
  const until = removed === null ? '' : `; taken off the list ${whenWords(removed.at)} by ${removed.by}${because}`;
  return cleanLine(listedWords(optOut) + until);
}

function sourceWords(source: OptOutSource): string {
  if (source.kind === 'call') {
    return `said so in a call of ${source.address}, wave ${source.wave}, attempt ${String(source.attempt)}`;
  }
  return source.because === null ? `by ${source.by}` : `by ${source.by}: ${source.because}`;
}

function onListWords(onList: number): string {
  if (onList === 0) return 'Nobody is on the list.';
  const whom = onList === 1 ? 'it' : 'them';
  return `${countOf(onList, 'number is', 'numbers are')} on the list: no campaign of this store calls ${whom}.`;
}

/** `2026-11-24 10:00 UTC` of ISO 8601. */
function whenWords(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

function page(store: string, lines: readonly string[], { columns, style }: View): string {
  const wrapped = lines.flatMap((line) => hang(cleanLine(line), columns, { first: '  ', rest: '      ' }));
  return `${style.bold('Opt-outs')}  ${style.dim(cleanLine(store))}\n\n${wrapped.map((line) => line.trimEnd()).join('\n')}\n`;
}

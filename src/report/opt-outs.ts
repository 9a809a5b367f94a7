import { cleanLine } from './clean.ts';
import { hang } from './hang.ts';
import { maskPhone } from './mask.ts';
import { maskText } from './mask-values.ts';
import { count, countOf } from './quantity.ts';
import type { View } from './style.ts';

/** Who changed the list, and why. */
export type OptOutNote = {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly by: string;
  readonly because: string | null;
};

/** How somebody came on the list. */
export type OptOutSource =
  | {
      readonly kind: 'call';
      readonly at: string;
      readonly address: string;
      readonly wave: string;
      readonly attempt: number;
    }
  | ({ readonly kind: 'person' } & OptOutNote);

/** A number on the list, or that was. */
export type ListedOptOut = {
  readonly phone: string;
  readonly source: OptOutSource;
  /** Null while it is on the list. */
  readonly removed: OptOutNote | null;
};

/** What `suppress list --format json` prints, described by schema/opt-outs.schema.json. */
export type OptOutsReport = {
  readonly tool_version: string;
  readonly store: string;
  /** False where nothing was ever written to the store. */
  readonly exists: boolean;
  readonly opt_outs: readonly ListedOptOut[];
};

const changeWords = {
  added: 'added',
  on_list: 'was on the list already',
  removed: 'removed',
  not_on_list: 'was not on the list',
} as const;

/** What `suppress add` and `remove` print as JSON, described by schema/opt-outs-changed.schema.json. */
export type OptOutsChangedReport = {
  readonly tool_version: string;
  readonly store: string;
  readonly numbers: readonly { readonly phone: string; readonly change: keyof typeof changeWords }[];
  /** Numbers on the list now. */
  readonly on_list: number;
};

/** Numbers changed that are listed one by one; the JSON has all of them. */
const listed = 20;

export function renderOptOutsChanged({ store, numbers, on_list: onList }: OptOutsChangedReport, view: View): string {
  const more = numbers.length - listed;
  const lines = [
    ...numbers.slice(0, listed).map(({ phone, change }) => `${phone}  ${changeWords[change]}`),
    ...(more > 0 ? [`and ${count(more)} more; --format json lists all`] : []),
  ];
  return page(store, [...lines, '', onListWords(onList)], view);
}

export function renderOptOuts({ store, exists, opt_outs: all }: OptOutsReport, view: View): string {
  if (!exists) return page(store, ['There is no such store yet: nobody is on its list.'], view);
  const current = all.filter(({ removed }) => removed === null);
  const lines = current.map(listedWords);
  const removed = all.length - current.length;
  const before = removed === 0 ? [] : [`${countOf(removed, 'removal')} on record: --format json shows them.`];
  return page(store, [...lines, ...(lines.length > 0 ? [''] : []), onListWords(current.length), ...before], view);
}

/** Opt-outs as others may see them: numbers masked, those in what people wrote as well. */
export function maskOptOuts(optOuts: readonly ListedOptOut[]): readonly ListedOptOut[] {
  const phones = optOuts.map(({ phone }) => phone);
  const masked = <T extends OptOutNote>(note: T): T => ({
    ...note,
    because: note.because === null ? null : maskText(note.because, phones),
  });
  return optOuts.map(({ phone, source, removed }) => ({
    phone: maskPhone(phone, { show: false }),
    source: source.kind === 'person' ? masked(source) : source,
    removed: removed === null ? null : masked(removed),
  }));
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

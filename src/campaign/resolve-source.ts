import { dirname, extname, isAbsolute, join, resolve } from 'node:path';
import type { Condition, FileFormat, FileSource, MappedColumn, Source, SqlSource } from '../model/source.ts';
import { certain } from './certain.ts';
import type { ResolveInput } from './build-input.ts';
import { optional } from './optional.ts';
import type { Entry, Sourced } from './sourced.ts';
import { at, entriesAt, itemsAt, textAt, writtenText } from './sourced.ts';
import { compileTemplate } from './template/compile.ts';

/** What a source may be. */
export const sourceKinds = ['csv', 'tsv', 'json', 'jsonl', 'xlsx', 'sql', 'rows'] as const;

const formats: readonly FileFormat[] = ['csv', 'tsv', 'json', 'jsonl', 'xlsx'];

/** Whether a file is named by its address. */
export function isAddress(text: string): boolean {
  return /^https?:/i.test(text);
}

/** The format of a file by its name; CSV where that says nothing. */
export function formatOf(path: string): FileFormat {
  const ending = extname(path).slice(1).toLowerCase();
  return formats.find((format) => format === ending) ?? 'csv';
}

type Base = Pick<ResolveInput['input'], 'file' | 'path'>;

/** A checked source; paths start from the folder of the campaign file. `locale` is that of templates in its map. */
export function resolveSource(written: Sourced, base: Base, locale: string): Source {
  const shape = {
    ...optional('map', listed([...entriesAt(written, ['map'])].map((entry) => mappedColumn(entry, locale)))),
    ...optional('only', listed([...entriesAt(written, ['only'])].flatMap(conditions))),
  };
  const format = formats.find((one) => textAt(written, [one]) !== undefined);
  if (format !== undefined) return { ...fileSource(written, format, base), ...shape };
  if (textAt(written, ['sql']) !== undefined) return { ...sqlSource(written, base), ...shape };
  return { kind: 'rows', at: written.place, rows: itemsAt(written, ['rows']).map(rowOf), ...shape };
}

function fileSource(written: Sourced, kind: FileFormat, base: Base): FileSource {
  const named = certain(textAt(written, [kind]), kind);
  const { place } = certain(at(written, [kind]), kind);
  const items = textAt(written, ['at'])?.split('.');
  return {
    kind,
    ...(isAddress(named) ? { path: '', file: shownAddress(named) } : pathOf(named, base)),
    at: place,
    ...optional('address', isAddress(named) ? addressOf(written, named) : undefined),
    ...optional('delimiter', textAt(written, ['delimiter'])),
    ...optional('encoding', textAt(written, ['encoding'])),
    ...optional('items', items),
    ...optional('sheet', textAt(written, ['sheet'])),
  };
}

function addressOf(written: Sourced, url: string): NonNullable<FileSource['address']> {
  const headers = [...entriesAt(written, ['headers'])].map(([name, { value }]) => [
    name.toLowerCase(),
    writtenText(value),
  ]);
  const sha256 = textAt(written, ['sha256'])?.toLowerCase();
  return { url, headers: Object.fromEntries(headers), ...optional('sha256', sha256) };
}

/** Without the query, which may hold what is nobody's business. */
function shownAddress(text: string): string {
  const url = URL.parse(text);
  return url === null ? text : url.origin + url.pathname;
}

function pathOf(path: string, { file, path: base }: Base): { readonly path: string; readonly file: string } {
  return { path: resolve(dirname(base), path), file: isAbsolute(path) ? path : join(dirname(file), path) };
}

function sqlSource(written: Sourced, base: Base): SqlSource {
  const database = certain(textAt(written, ['sql']), 'sql');
  const isPath = !database.includes('${') && !/^postgres(?:ql)?:/i.test(database);
  const file = textAt(written, ['query', 'file']);
  return {
    kind: 'sql',
    at: certain(at(written, ['sql']), 'sql').place,
    database,
    folder: dirname(base.path),
    file: isPath ? pathOf(database, base).file : database,
    query:
      file === undefined
        ? { kind: 'text', text: textAt(written, ['query']) ?? '' }
        : { kind: 'file', ...pathOf(file, base) },
  };
}

/** Cells as they are written: an unquoted `1.50` stays `1.50`. */
function rowOf(row: Sourced): { at: Sourced['place']; cells: Readonly<Record<string, string>> } {
  const cells = [...entriesAt(row, [])].map(([column, { value }]) => [column, writtenText(value)]);
  return { at: row.place, cells: Object.fromEntries(cells) };
}

function mappedColumn([column, { value }]: readonly [string, Entry], locale: string): MappedColumn {
  const { place } = value;
  if (value.kind === 'map') {
    return { column, at: place, kind: 'value', value: writtenText(certain(at(value, ['value']), 'value')) };
  }
  const text = writtenText(value);
  if (!text.includes('{{')) return { column, at: place, kind: 'column', from: text.trim() };
  const compiled = compileTemplate(text, place, { constants: {}, locale });
  // A template with a finding still brings its column: what else is wrong with names can be told.
  if (compiled.kind === 'failed') return { column, at: place, kind: 'value', value: '' };
  return { column, at: place, kind: 'template', template: compiled.template };
}

function conditions([column, { value, keyPlace }]: readonly [string, Entry]): readonly Condition[] {
  const here = { column, at: keyPlace };
  if (value.kind === 'scalar') return [{ ...here, kind: 'in', values: [writtenText(value)] }];
  return [...entriesAt(value, [])].map(([key, { value: said }]): Condition => {
    if (key === 'before' || key === 'after') return { ...here, kind: key, limit: writtenText(said) };
    const values = said.kind === 'list' ? said.items.map(writtenText) : [writtenText(said)];
    return { ...here, kind: key === 'not' ? 'not' : 'in', values };
  });
}

function listed<Item>(items: readonly Item[]): readonly Item[] | undefined {
  return items.length === 0 ? undefined : items;
}

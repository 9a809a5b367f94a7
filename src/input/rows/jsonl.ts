import type { FileSource } from '../../model/source.ts';
import type { RowPlace, RowReason, SourceRow } from '../../model/recipient.ts';
import type { Files } from '../../ports.ts';
import { lineBlocks } from './csv-bytes.ts';
import { readHeader } from './csv-header.ts';
import { isObject, keysOf, objectRow } from './json-rows.ts';
import type { JsonObject } from './json-text.ts';
import { parseJson } from './json-text.ts';
import { broken, fileFinding } from './source-finding.ts';
import { sourceRow } from './source-row.ts';
import type { SourceItem } from './source.ts';

/** The columns are the keys of so many first rows: later ones may lack some and bring no other. */
const headRows = 1000;

type Line = { readonly line: number } & (
  | { readonly kind: 'object'; readonly object: JsonObject }
  | { readonly kind: 'fault'; readonly row: SourceRow }
);

/** Reads a file with one JSON object a line, as it streams. Blank lines are passed over. */
export async function* jsonlItems(source: FileSource, files: Pick<Files, 'stream'>): AsyncGenerator<SourceItem> {
  try {
    yield* readItems(source, files);
  } catch (error) {
    yield { kind: 'broken', diagnostics: [fileFinding(error, source)] };
  }
}

async function* readItems(source: FileSource, files: Pick<Files, 'stream'>): AsyncGenerator<SourceItem> {
  let columns: Columns | undefined;
  let line = 1;
  let held: Line[] = [];
  for await (const block of lineBlocks(files.stream(source.path), 'utf-8')) {
    if (block.kind === 'broken') return yield broken(source, block.problem);
    const bad = new Set(block.badLines);
    for (const text of textsOf(block.bytes)) {
      if (bad.has(line) || text.trim() !== '') held.push(lineOf(source, text, { line, isBad: bad.has(line) }));
      line += 1;
      if (held.length < headRows) continue;
      columns = yield* batch(source, held, columns);
      if (columns === undefined) return;
      held = [];
    }
  }
  if (held.length > 0) yield* batch(source, held, columns);
  else if (columns === undefined) yield broken(source, { kind: 'empty', lacks: 'everything' });
}

type Columns = ReadonlyMap<string, string>;

/** Yields lines as rows, before the first of them their columns; answers the columns unless they are no good. */
function* batch(
  source: FileSource,
  lines: readonly Line[],
  known: Columns | undefined,
): Generator<SourceItem, Columns | undefined> {
  let columns = known;
  if (columns === undefined) {
    const opened = open(source, lines);
    yield opened.item;
    ({ columns } = opened);
  }
  if (columns !== undefined) yield rowsOf(source, lines, columns);
  return columns;
}

function open(source: FileSource, lines: readonly Line[]): { readonly item: SourceItem; readonly columns?: Columns } {
  const keys = keysOf(lines.flatMap((line) => (line.kind === 'object' ? [line.object] : [])));
  const header = readHeader(keys, source.file, source.at);
  if (header.kind === 'failed') return { item: { kind: 'broken', diagnostics: header.diagnostics } };
  const columns = new Map(keys.map((key, index) => [key, header.columns[index] ?? key]));
  return { item: { kind: 'columns', columns: header.columns }, columns };
}

function rowsOf({ file }: FileSource, lines: readonly Line[], columns: Columns): SourceItem {
  const rows = lines.map((one) =>
    one.kind === 'fault' ? one.row : objectRow(one.object, columns, { source: file, line: one.line }),
  );
  return { kind: 'rows', rows };
}

function lineOf(
  { file }: FileSource,
  text: string,
  { line, isBad }: { readonly line: number; readonly isBad: boolean },
): Line {
  const place = { source: file, line };
  if (isBad) return faulty(place, { code: 'ROW_ENCODING' });
  const parsed = parseJson(text);
  if (parsed.kind === 'value' && isObject(parsed.value)) return { kind: 'object', line, object: parsed.value };
  const detail = parsed.kind === 'value' ? 'it is no object' : `${parsed.problem}, column ${String(parsed.offset + 1)}`;
  return faulty(place, { code: 'ROW_SYNTAX', detail });
}

function faulty(place: RowPlace, reason: RowReason): Line {
  return { kind: 'fault', line: place.line, row: sourceRow(place, {}, reason) };
}

/** The lines of a block; its last line may lack an end. */
function textsOf(bytes: Buffer): readonly string[] {
  const lines = bytes.toString().split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

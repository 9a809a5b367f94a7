import type { FileSource } from '../../model/source.ts';
import { spotAt } from '../../model/spot-at.ts';
import type { Files } from '../../ports.ts';
import { badLines } from './bad-lines.ts';
import { foreignFile } from './foreign-file.ts';
import { readHeader } from './csv-header.ts';
import { isObject, keysOf, objectRow } from './json-rows.ts';
import type { JsonValue } from './json-text.ts';
import { parseJson } from './json-text.ts';
import { broken, fileFinding } from './source-finding.ts';
import { sourceRow } from './source-row.ts';
import type { SourceItem } from './source.ts';
import { readWhole } from './whole-file.ts';

/** In bytes: a JSON file is read as a whole. */
const largestJson = 67_108_864;

const batchRows = 1000;

/** Reads a JSON file that is, or holds, a list of objects. */
export async function* jsonItems(source: FileSource, files: Pick<Files, 'stream'>): AsyncGenerator<SourceItem> {
  try {
    yield* readItems(source, files);
  } catch (error) {
    yield { kind: 'broken', diagnostics: [fileFinding(error, source)] };
  }
}

async function* readItems(source: FileSource, files: Pick<Files, 'stream'>): AsyncGenerator<SourceItem> {
  const read = await readText(source, files);
  if (typeof read !== 'string') return yield read;
  const parsed = parseJson(read);
  if (parsed.kind === 'failed') {
    const { problem, offset } = parsed;
    return yield broken(source, { kind: 'json', where: whereOf(read, offset), problem });
  }
  const found = walk(parsed.value, source.items ?? []);
  if (!Array.isArray(found))
    return yield broken(source, { kind: 'items', items: (source.items ?? []).join('.'), found: wordOf(found) });
  yield* listItems(source, found);
}

async function readText(source: FileSource, files: Pick<Files, 'stream'>): Promise<string | SourceItem> {
  const read = await readWhole(files.stream(source.path), largestJson);
  if (read.kind === 'too_large') return broken(source, read);
  const { bytes } = read;
  if (bytes.length === 0) return broken(source, { kind: 'empty', lacks: 'everything' });
  const foreign = foreignFile(bytes);
  if (foreign !== undefined) return broken(source, { kind: 'foreign', found: foreign });
  const [line] = badLines(bytes, 1);
  if (line !== undefined) return broken(source, { kind: 'encoding', encoding: 'utf-8', line });
  const text = bytes.toString();
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

function* listItems(source: FileSource, items: readonly JsonValue[]): Generator<SourceItem> {
  const keys = keysOf(items.filter(isObject));
  const header = readHeader(keys, source.file, source.at);
  if (header.kind === 'failed') return yield { kind: 'broken', diagnostics: header.diagnostics };
  yield { kind: 'columns', columns: header.columns };
  const columns = new Map(keys.map((key, index) => [key, header.columns[index] ?? key]));
  const name = [source.file, ...(source.items === undefined ? [] : [source.items.join('.')])].join(' ');
  for (let start = 0; start < items.length; start += batchRows) {
    const rows = items.slice(start, start + batchRows).map((item, index) => {
      const place = { source: name, line: start + index + 1, unit: 'item' } as const;
      return isObject(item)
        ? objectRow(item, columns, place)
        : sourceRow(place, {}, { code: 'ROW_SYNTAX', detail: 'it is no object' });
    });
    yield { kind: 'rows', rows };
  }
}

function walk(value: JsonValue, steps: readonly string[]): JsonValue | undefined {
  let here: JsonValue | undefined = value;
  for (const step of steps) here = here !== undefined && isObject(here) ? here.get(step) : undefined;
  return here;
}

function wordOf(value: JsonValue | undefined): string {
  if (value === undefined) return 'not there';
  if (value === null) return 'null';
  if (typeof value === 'string') return 'a text';
  if (typeof value === 'boolean') return 'true or false';
  return isObject(value) ? 'an object' : 'a number';
}

function whereOf(text: string, offset: number): string {
  const { line, col } = spotAt(text, offset);
  return `line ${String(line)}, column ${String(col)}`;
}

import type { RowPlace, RowReason, SourceRow } from '../../model/recipient.ts';
import { jsonCell } from './cell-text.ts';
import type { JsonObject, JsonValue } from './json-text.ts';
import { sourceRow } from './source-row.ts';

/** The keys that any of the objects has, in the order in which they come up. */
export function keysOf(objects: Iterable<JsonObject>): readonly string[] {
  const keys = new Set<string>();
  for (const object of objects) for (const key of object.keys()) keys.add(key);
  return [...keys];
}

/** Whether a value of JSON is an object. */
export function isObject(value: JsonValue): value is JsonObject {
  return value instanceof Map;
}

/** One object as a row; `columns` are the names by key. A key that is no column makes the row invalid. */
export function objectRow(object: JsonObject, columns: ReadonlyMap<string, string>, place: RowPlace): SourceRow {
  const cells: Record<string, string> = {};
  let reason: RowReason | undefined;
  for (const [key, value] of object) {
    const column = columns.get(key);
    const cell = jsonCell(value);
    if (column === undefined) reason ??= { code: 'ROW_RAGGED', detail: 'a key that no earlier row has' };
    else if (cell.kind === 'rejected') reason ??= { code: cell.code, column };
    else if (cell.text !== undefined) cells[column] = cell.text;
  }
  return sourceRow(place, cells, reason);
}

import type { Diagnostic } from '../../model/diagnostic.ts';
import { epochMs } from '../../model/instant.ts';
import type { IsoDate } from '../../model/iso-date.ts';
import { parseIsoDate } from '../../model/iso-date.ts';
import type { Path, Sourced, SourcedMap } from '../sourced.ts';
import { at, entriesAt, printPath, textAt } from '../sourced.ts';

/** What has another form is found by the schema. */
const looksLikeDate = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}.*)?$/;

const dayMs = 86_400_000;

/** The limits of `only` are days and times that there are, and leave something between them. */
export function limits(source: SourcedMap, path: Path): readonly Diagnostic[] {
  return [...entriesAt(source, ['only'])].flatMap(([column, { value }]) => [
    ...(['before', 'after'] as const).flatMap((key) => noDate(value, key, [...path, 'only', column, key])),
    ...nothingBetween(value, column),
  ]);
}

function noDate(condition: Sourced, key: string, path: Path): readonly Diagnostic[] {
  const node = at(condition, [key]);
  const text = textAt(condition, [key]);
  if (node === undefined || text === undefined) return [];
  if (!looksLikeDate.test(text) || parseIsoDate(text) !== undefined) return [];
  const args = { path: printPath(path), found: JSON.stringify(text), expected: 'an ISO 8601 date or date and time' };
  return [{ code: 'VALUE_FORM', args, at: node.place }];
}

function nothingBetween(condition: Sourced, column: string): readonly Diagnostic[] {
  const [after, before] = [textAt(condition, ['after']), textAt(condition, ['before'])];
  if (after === undefined || before === undefined) return [];
  const room = roomMs(after, before);
  if (room === undefined || room > 0) return [];
  return [{ code: 'FILTER_EMPTY', args: { column, after, before }, at: condition.place }];
}

/** Undefined where a day stands beside a time, or an offset beside none. */
function roomMs(after: string, before: string): number | undefined {
  const [from, to] = [parseIsoDate(after), parseIsoDate(before)];
  if (from === undefined || to === undefined) return undefined;
  const isDay = from.time === undefined;
  if (isDay !== (to.time === undefined) || hasOffset(from) !== hasOffset(to)) return undefined;
  return epochMs(to) - epochMs(from) - (isDay ? dayMs : 0);
}

function hasOffset({ time }: IsoDate): boolean {
  return time?.offsetMinutes !== undefined;
}

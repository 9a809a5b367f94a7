import { parseInstant } from '../../model/instant.ts';
import type { Faults } from '../faults.ts';
import type { Asked, Reply } from '../frame.ts';
import { pageOf } from '../page.ts';
import { ok, unprocessable } from './answers.ts';
import type { Issue } from './shape.ts';

/** `index` from 1 and `limit` of 100 are documented; a largest limit and an order are not. Oldest first here. */
export function listing<Item extends { readonly createdMs: number }>(
  { query }: Asked,
  faults: Faults,
  all: (filter: Filter) => readonly Item[],
  itemOf: (item: Item) => object,
): Reply {
  const issues: Issue[] = [];
  const read = readerOf(query, issues);
  const [page, perPage] = [read('index', 1, wholeNumber), read('limit', 100, wholeNumber)];
  const afterMs = read('created_after', -Infinity, parseInstant);
  const beforeMs = read('created_before', Infinity, parseInstant);
  if (issues.length > 0) return unprocessable(issues);
  const found = all({ status: query.get('status') }).filter(
    ({ createdMs }) => createdMs > afterMs && createdMs < beforeMs,
  );
  const { items, ...shown } = pageOf(found, { page, perPage }, faults);
  return ok({ items: items.map(itemOf), index: page, has_more: page * shown.perPage < found.length });
}

export type Filter = { readonly status: string | null };

function readerOf(query: URLSearchParams, issues: Issue[]) {
  return (name: string, fallback: number, read: (text: string) => number | undefined): number => {
    const text = query.get(name);
    if (text === null) return fallback;
    const value = read(text);
    if (value === undefined) issues.push({ loc: ['query', name], msg: 'value is not valid', type: 'value_error' });
    return value ?? fallback;
  };
}

function wholeNumber(text: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}

import type { Faults } from './faults.ts';

/** One page of a listing. */
export type Page<Item> = {
  readonly items: readonly Item[];
  readonly total: number;
  readonly page: number;
  readonly perPage: number;
};

/** The page that is asked for, with the faults of listings. A page beyond the end is empty. */
export function pageOf<Item>(
  all: readonly Item[],
  asked: { readonly page: number; readonly perPage: number },
  faults: Faults,
): Page<Item> {
  const perPage = Math.min(asked.perPage, faults['page-cap'] ?? asked.perPage);
  const start = (asked.page - 1) * perPage;
  const repeats = faults['duplicate-items'] === true && asked.page > 1 && start < all.length;
  const items = all.slice(repeats ? start - 1 : start, start + perPage);
  const total = all.length + (faults['total-off'] === true ? 1 : 0);
  return { items, total, page: asked.page, perPage };
}

/** Those of `all`, which stand in order of their time, that came at `untilMs` or before. */
export function seenUntil<Item>(
  all: readonly Item[],
  timeOf: (item: Item) => number,
  untilMs: number,
): readonly Item[] {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = all[middle];
    if (item !== undefined && timeOf(item) <= untilMs) low = middle + 1;
    else high = middle;
  }
  return low === all.length ? all : all.slice(0, low);
}

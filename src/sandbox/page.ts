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
  const slice = sliceOf(all, { skip: (asked.page - 1) * perPage, limit: perPage }, faults);
  return { ...slice, page: asked.page, perPage };
}

/** What is asked for by how many to leave out and how many to give, with the faults of listings. */
export function sliceOf<Item>(
  all: readonly Item[],
  { skip, limit }: { readonly skip: number; readonly limit: number },
  faults: Faults,
): Pick<Page<Item>, 'items' | 'total'> {
  const repeats = faults['duplicate-items'] === true && skip > 0 && skip < all.length;
  const items = all.slice(repeats ? skip - 1 : skip, skip + Math.min(limit, faults['page-cap'] ?? limit));
  return { items, total: all.length + (faults['total-off'] === true ? 1 : 0) };
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

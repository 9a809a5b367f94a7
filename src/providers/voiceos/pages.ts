import { asList, asObject, asText, shapeOf, type JsonObject } from '../answer.ts';
import { UnexpectedAnswer, type Pull } from '../contract.ts';

/** The documented default; no largest one is documented. */
const itemsPerPage = 100;

/**
 * A listing by `index` (from 1) and `limit`. It has no total, so it goes on until `has_more` is false; a server that gives
 * fewer items a page than asked for is read to its end too. The cursor is the index.
 */
export function paged<Item>(
  listing: { readonly what: string; readonly url: string; readonly filter?: string },
  read: (item: JsonObject) => readonly Item[],
): Pull<Item> {
  const { what, url, filter = '' } = listing;
  return {
    what,
    request: (cursor = '1') => ({
      method: 'GET',
      url: `${url}?index=${cursor}&limit=${String(itemsPerPage)}${filter}`,
    }),
    answer: (body, cursor = '1') => {
      const { items: listed, has_more: hasMore } = asObject(body, `a page of ${what}`);
      const items = asList(listed, 'a page with items').map((item) => asObject(item, 'an item'));
      if (typeof hasMore !== 'boolean') throw new UnexpectedAnswer('has_more as true or false', shapeOf(hasMore));
      const found = { items: items.flatMap(read), ids: items.map(({ id }) => asText(id, 'an item with an id')) };
      return hasMore ? { ...found, next: String(Number(cursor) + 1) } : { ...found, isLast: true };
    },
  };
}

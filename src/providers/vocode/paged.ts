import { asCount, asList, asObject, asText, shapeOf, type JsonObject } from '../answer.ts';
import { UnexpectedAnswer, type Pull } from '../contract.ts';

/** No largest page is documented; a smaller one than asked for is understood. */
const itemsPerPage = 100;

/**
 * A listing by `page` and `size`, followed until `has_more` is false. The cursor is the page. A total that is
 * said to be an estimate is none: then its end is where the API says that there is no more.
 */
export function paged<Item>(
  listing: { readonly what: string; readonly url: string },
  read: (item: JsonObject) => readonly Item[],
): Pull<Item> {
  const { what, url } = listing;
  return {
    what,
    request: (page = '1') => ({ method: 'GET', url: `${url}?page=${page}&size=${String(itemsPerPage)}` }),
    answer: (body, page = '1') => {
      const answer = asObject(body, `a page of ${what}`);
      const items = asList(answer['items'], 'a page with items').map((item) => asObject(item, 'an item'));
      const more = asFlag(answer['has_more'], 'a page with has_more');
      const total = asCount(answer['total'], 'a page with a total');
      const isEstimate = answer['total_is_estimated'] === true;
      return {
        items: items.flatMap(read),
        ids: items.map(({ id }) => asText(id, 'an item with an id')),
        ...(isEstimate ? {} : { total }),
        ...(more ? { next: String(Number(page) + 1) } : {}),
        ...(isEstimate && !more ? { isLast: true } : {}),
      };
    },
  };
}

function asFlag(value: unknown, expected: string): boolean {
  if (typeof value === 'boolean') return value;
  throw new UnexpectedAnswer(expected, shapeOf(value));
}

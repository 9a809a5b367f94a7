import type { Faults } from '../faults.ts';
import type { Asked, Endpoint, Reply } from '../frame.ts';
import { pageOf } from '../page.ts';
import type { Wrong } from './shape.ts';

/** An endpoint that places no calls. */
export function quiet(reply: Endpoint['reply']): Endpoint {
  return { places: false, reply };
}

export function ok(body: unknown): Reply {
  return { status: 200, body };
}

/** The body of other errors is not documented; this is how such services put it. */
export function problemBody(_status: number, text: string): unknown {
  return { detail: text };
}

export function problem(status: number, text: string): Reply {
  return { status, body: problemBody(status, text) };
}

export function unprocessable(detail: readonly Wrong[]): Reply {
  return { status: 422, body: { detail } };
}

/** An object, with fields that no page has where that fault is set. */
export function withExtras(data: object, faults: Faults): object {
  return faults['extra-fields'] === true ? { ...data, revision: 7, organization: { id: 1 }, labels: ['new'] } : data;
}

/** A page by `page` and `size`. What may be sorted by is not documented: oldest first, newest first by `sort_desc`. */
export function listing<Item>(
  asked: Asked,
  all: readonly Item[],
  { faults, itemOf }: { readonly faults: Faults; readonly itemOf: (item: Item) => object },
): Reply {
  const page = wholeNumber(asked.query.get('page') ?? '1');
  const size = wholeNumber(asked.query.get('size') ?? '10');
  if (page === undefined || size === undefined) {
    const name = page === undefined ? 'page' : 'size';
    return unprocessable([{ loc: ['query', name], msg: 'Input should be a valid integer', type: 'int_parsing' }]);
  }
  const sorted = asked.query.get('sort_desc') === 'true' ? all.toReversed() : all;
  const found = pageOf(sorted, { page, perPage: size }, faults);
  return ok({
    items: found.items.map(itemOf),
    page,
    size: found.perPage,
    has_more: page * found.perPage < all.length,
    total: found.total,
    total_is_estimated: faults['total-estimated'] === true,
  });
}

/** The id of a query, or what is wrong with it. */
export function idOf({ query }: Asked): { readonly id: string } | { readonly wrong: Reply } {
  const id = query.get('id');
  const loc = ['query', 'id'];
  if (id === null) return { wrong: unprocessable([{ loc, msg: 'Field required', type: 'missing' }]) };
  if (/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(id)) return { id };
  return { wrong: unprocessable([{ loc, msg: 'Input should be a valid UUID', type: 'uuid_parsing' }]) };
}

function wholeNumber(text: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}

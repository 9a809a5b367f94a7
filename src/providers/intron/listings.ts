/**
 * What became of Intron calls: two listings of a workflow, `requests` (the batches, with what was sent) and `calls` (the
 * calls, with how they stand). Page: intron-workflows (read 2026-11-21), see docs/providers/intron.md.
 */
import type { Outcome } from '../../model/attempt.ts';
import type { Sighting } from '../../model/sighting.ts';
import { parseInstant } from '../../model/instant.ts';
import { parseReference, referenceKey } from '../../model/reference.ts';
import { asCount, asList, asObject, asText, isObject, shapeOf, type JsonObject } from '../answer.ts';
import { UnexpectedAnswer, type OpenCall, type Pull } from '../contract.ts';
import { dataOf } from './resource.ts';

/** Where the listings are, and how to read a status. */
export type Listings = {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** The provider's status in upper case to what it means; a status that is not here leaves a call open. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
};

const itemsPerPage = 100;

/** From so many numbers on, one listing of all calls is asked instead of one for each number. */
const manyNumbers = 20;

/** One listing for each batch; a call whose batch is not known is followed by its number. */
export function followCalls(listings: Listings, open: readonly OpenCall[]): readonly Pull<Sighting>[] {
  const pulls = new Map<string, Pull<Sighting>>();
  for (const { resourceId, phone, handle } of open) {
    const batchId = handle?.batchId;
    const filter = batchId === undefined ? { resourceId, phone } : { resourceId, batchId };
    const key = `${resourceId} ${batchId ?? phone}`;
    if (!pulls.has(key)) pulls.set(key, callsOf(listings, filter));
  }
  return [...pulls.values()];
}

/** Both listings: a request shows a batch that has no calls yet, and a call shows what a request does not echo. */
export function findCalls(listings: Listings, doubt: readonly OpenCall[]): readonly Pull<Sighting>[] {
  const byResource = Map.groupBy(doubt, ({ resourceId }) => resourceId);
  return [...byResource].flatMap(([resourceId, sought]) => {
    const phones = [...new Set(sought.map(({ phone }) => phone))];
    const listed =
      phones.length < manyNumbers
        ? phones.map((phone) => callsOf(listings, { resourceId, phone }))
        : [callsOf(listings, { resourceId })];
    return [requestsOf(listings, resourceId), ...listed];
  });
}

/** Everything that the workflow ever called; neither listing can be asked for a time. */
export function allCalls(listings: Listings, resourceId: string): readonly Pull<Sighting>[] {
  return [requestsOf(listings, resourceId), callsOf(listings, { resourceId })];
}

type CallFilter = { readonly resourceId: string; readonly batchId?: string; readonly phone?: string };

function callsOf(listings: Listings, { resourceId, batchId, phone }: CallFilter): Pull<Sighting> {
  const filter = [
    ...(batchId === undefined ? [] : [`&batch_id=${encodeURIComponent(batchId)}`]),
    // A bare plus in a query is a space.
    ...(phone === undefined ? [] : [`&phone_number=${encodeURIComponent(phone)}`]),
  ].join('');
  const which = batchId === undefined ? (phone === undefined ? '' : ' to one number') : ' of one batch';
  return paged({ what: `calls${which}`, url: `${workflowUrl(listings, resourceId)}/calls`, filter }, (item) => [
    readCall(item, listings.outcomes),
  ]);
}

function requestsOf(listings: Listings, resourceId: string): Pull<Sighting> {
  return paged({ what: 'requests', url: `${workflowUrl(listings, resourceId)}/requests`, filter: '' }, readRequest);
}

function workflowUrl({ baseUrl }: Listings, resourceId: string): string {
  return `${baseUrl}/workflows/${encodeURIComponent(resourceId)}`;
}

/**
 * A listing by `page` and `per_page`. The cursor is "page/items seen so far": it goes on until all of `total` were
 * seen, so that a server which gives fewer items a page than asked for is read to its end too.
 */
function paged<Item>(
  listing: { readonly what: string; readonly url: string; readonly filter: string },
  read: (item: JsonObject) => readonly Item[],
): Pull<Item> {
  return {
    what: listing.what,
    request: (cursor) => ({
      method: 'GET',
      url: `${listing.url}?page=${String(parseCursor(cursor).page)}&per_page=${String(itemsPerPage)}${listing.filter}`,
    }),
    answer: (body, cursor) => {
      const data = asObject(dataOf(body, `a page of ${listing.what}`), `a page of ${listing.what}`);
      const items = asList(data['items'], 'a page with items').map((item) => asObject(item, 'an item'));
      const total = asCount(data['total'], 'a page with a total');
      const { page, seen } = parseCursor(cursor);
      const seenNow = seen + items.length;
      const found = {
        items: items.flatMap(read),
        ids: items.map(({ id }) => asText(id, 'an item with an id')),
        total,
      };
      return items.length > 0 && seenNow < total ? { ...found, next: `${String(page + 1)}/${String(seenNow)}` } : found;
    },
  };
}

function parseCursor(cursor = '1/0'): { readonly page: number; readonly seen: number } {
  const [page, seen] = cursor.split('/').map(Number);
  return { page: page ?? 1, seen: seen ?? 0 };
}

function readCall(item: JsonObject, outcomes: ReadonlyMap<string, Outcome>): Sighting {
  const { id, batch_id: batchId, status, call_result_duration: seconds } = item;
  const outcome = typeof status === 'string' ? outcomes.get(status.toUpperCase()) : undefined;
  const option = optionOf(item['call_result_options_selected']);
  return {
    callId: asText(id, 'a call with an id'),
    phone: asText(item['phone_number'], 'a call with a phone number'),
    ...(typeof batchId === 'string' ? { batchId } : {}),
    ...referenceIn(item),
    ...createdIn(item),
    ...(typeof status === 'string' ? { status } : {}),
    ...(outcome === undefined ? {} : { outcome }),
    ...(option === undefined ? {} : { reply: { option } }),
    ...(typeof seconds === 'number' ? { seconds } : {}),
  };
}

/**
 * A request is a batch: its id equals the calls' `batch_id` in the samples (inferred), and its entries are what was
 * sent. Its status says nothing of one call, so it is left out.
 */
function readRequest(item: JsonObject): readonly Sighting[] {
  const batchId = asText(item['id'], 'a request with an id');
  const sent = asObject(item['input_parameters'], 'a request with input_parameters');
  const entries = asList(sent['workflow_params'], 'a request with workflow_params');
  return entries.map((value) => {
    const entry = asObject(value, 'an entry of workflow_params');
    const phone = asText(entry['phone_number'], 'an entry with a phone number');
    return { batchId, phone, ...referenceIn(entry), ...createdIn(item) };
  });
}

/** Our reference from the tags, from nested or from flat variables: which of them is echoed is not documented. */
function referenceIn(item: JsonObject): { readonly reference?: string } {
  const places = [item['user_tag_identifiers'], item['workflow_variables'], item];
  const reference = places
    .map((place) => (isObject(place) ? place[referenceKey] : undefined))
    .find((value) => typeof value === 'string' && parseReference(value) !== undefined);
  return typeof reference === 'string' ? { reference } : {};
}

function createdIn(item: JsonObject): { readonly createdMs?: number } {
  const createdAt = item['created_at'];
  if (createdAt === undefined || createdAt === null) return {};
  if (typeof createdAt !== 'string') throw new UnexpectedAnswer('created_at as text', shapeOf(createdAt));
  const createdMs = parseInstant(createdAt);
  return createdMs === undefined ? {} : { createdMs };
}

function optionOf(selected: unknown): string | undefined {
  if (typeof selected === 'number') return String(selected);
  return typeof selected === 'string' && selected !== '' ? selected : undefined;
}

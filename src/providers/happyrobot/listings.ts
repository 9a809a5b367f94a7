/**
 * What became of HappyRobot calls: one by its id, or the list of calls by number or by use case. A list says its `count`, so
 * that it is known to be whole. Pages: calls/list-calls, analytics/list-calls (read 2026-11-21), see
 * docs/providers/happyrobot.md.
 */
import type { Reply } from '../../model/attempt.ts';
import type { Sighting } from '../../model/sighting.ts';
import { parseInstant, printInstant } from '../../model/instant.ts';
import { parseReference, referenceKey } from '../../model/reference.ts';
import { asCount, asFields, asList, asObject, asText, isObject, type JsonObject } from '../answer.ts';
import type { OpenCall, Page, Pull } from '../contract.ts';
import { meaningOf, type Statuses } from './statuses.ts';

/** Where the calls are, and how to read a status. */
export type Listings = {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly statuses: Statuses;
};

const callsPerPage = 100;

/** From so many numbers on, only the use case's list is asked. */
const manyNumbers = 20;

const dayMs = 86_400_000;

/**
 * Each call by its id: as many requests as calls are open, and never more. A list can be asked since a day only, so that it
 * would grow with the wave, page by page, at every poll.
 */
export function followCalls(listings: Listings, open: readonly OpenCall[]): readonly Pull<Sighting>[] {
  return open.map(({ handle, phone, resourceId, intentMs }) =>
    handle?.callId === undefined
      ? listCalls(listings, { resourceId, sinceMs: intentMs, phone })
      : oneCall(listings, handle.callId),
  );
}

/**
 * The list by number, and the list of the use case: how numbers are searched for is not documented ("by extraction or phone
 * number"), so an absence never rests on a search alone.
 */
export function findCalls(listings: Listings, doubt: readonly OpenCall[]): readonly Pull<Sighting>[] {
  const byResource = Map.groupBy(doubt, ({ resourceId }) => resourceId);
  return [...byResource].flatMap(([resourceId, sought]) => {
    const sinceMs = Math.min(...sought.map(({ intentMs }) => intentMs));
    const phones = [...new Set(sought.map(({ phone }) => phone))];
    const searched = phones.length < manyNumbers ? phones : [];
    return [
      ...searched.map((phone) => listCalls(listings, { resourceId, sinceMs, phone })),
      listCalls(listings, { resourceId, sinceMs }),
    ];
  });
}

/** Outbound calls since a time: those of a use case, or those to a number, whatever use case they are of. */
export function listCalls(
  { baseUrl, statuses }: Listings,
  of: { readonly resourceId: string; readonly sinceMs: number; readonly phone?: string },
): Pull<Sighting> {
  const { resourceId, sinceMs, phone } = of;
  const filter = [
    'type=Outbound',
    phone === undefined ? `use_cases=${encodeURIComponent(resourceId)}` : `search=${encodeURIComponent(phone)}`,
    ...(sinceMs > dayMs ? [`from=${dayBefore(sinceMs)}`] : []),
    // The newest come last, so that calls placed meanwhile shift no page.
    'sort=asc',
    `limit=${String(callsPerPage)}`,
  ].join('&');
  return {
    what: phone === undefined ? 'calls' : 'calls to one number',
    request: (cursor) => ({
      method: 'GET',
      url: `${baseUrl}/calls?${filter}&skip=${String(parseCursor(cursor).skip)}`,
    }),
    answer: (body, cursor) => readPage(body, parseCursor(cursor), (call) => sightingsOf(call, statuses, resourceId)),
  };
}

function oneCall({ baseUrl, statuses }: Listings, callId: string): Pull<Sighting> {
  return {
    what: 'one call',
    request: () => ({ method: 'GET', url: `${baseUrl}/calls/${encodeURIComponent(callId)}` }),
    answer: (body) => {
      const call = asObject(body, 'a call');
      return { items: sightingsOf(call, statuses), ids: [asText(call['id'], 'a call with an id')], total: 1 };
    },
  };
}

/** Dates are documented, times are not; a day more, since whose midnight is meant is not said. */
function dayBefore(sinceMs: number): string {
  return printInstant(sinceMs - dayMs).slice(0, 10);
}

/** How many calls were skipped, and how many the first page had: a server may give fewer than it is asked for. */
type Cursor = { readonly skip: number; readonly size: number };

function parseCursor(cursor = '0/0'): Cursor {
  const [skip, size] = cursor.split('/').map(Number);
  return { skip: skip ?? 0, size: size ?? 0 };
}

function readPage(
  body: unknown,
  { skip, size }: Cursor,
  read: (call: JsonObject) => readonly Sighting[],
): Page<Sighting> {
  const page = asObject(body, 'a page of calls');
  const items = asList(page['calls'], 'a page with calls').map((item) => asObject(item, 'a call'));
  const total = asCount(page['count'], 'a page with a count');
  const found = {
    items: items.flatMap(read),
    ids: items.map(({ id }) => asText(id, 'a call with an id')),
    total,
  };
  const pageSize = size === 0 ? items.length : size;
  const skipped = skip + Math.min(items.length, pageSize);
  const goesOn = items.length > 0 && skipped < total;
  return goesOn ? { ...found, next: `${String(skipped)}/${String(pageSize)}` } : found;
}

/** None of calls that were not made to a number (those that came in, those of a browser), nor of another use case's. */
function sightingsOf(call: JsonObject, statuses: Statuses, resourceId?: string): readonly Sighting[] {
  const { id, type, provider, status, duration: seconds, created, use_case: useCase } = call;
  if (type === 'Inbound' || provider === 'Web' || provider === 'Chat') return [];
  const useCaseId = isObject(useCase) ? useCase['id'] : undefined;
  if (resourceId !== undefined && typeof useCaseId === 'string' && useCaseId !== resourceId) return [];
  const meaning = typeof status === 'string' ? meaningOf(status, statuses) : undefined;
  const reference = referenceIn(call);
  const createdMs = typeof created === 'string' ? parseInstant(created) : undefined;
  const reply = replyIn(call);
  return [
    {
      callId: asText(id, 'a call with an id'),
      phone: phoneIn(call),
      ...(reference === undefined ? {} : { reference }),
      ...(createdMs === undefined ? {} : { createdMs }),
      ...(typeof status === 'string' ? { status } : {}),
      ...(meaning === undefined || meaning === 'open' ? {} : { outcome: meaning }),
      ...(reply === undefined ? {} : { reply }),
      ...(typeof seconds === 'number' ? { seconds } : {}),
    },
  ];
}

/** Our reference, where it came back. */
export function referenceIn(call: JsonObject): string | undefined {
  const metadata = call['metadata'];
  const custom = isObject(metadata) ? metadata['custom'] : undefined;
  const value = isObject(custom) ? custom[referenceKey] : undefined;
  return typeof value === 'string' && parseReference(value) !== undefined ? value : undefined;
}

/** Who was called; empty, and so perhaps anybody, where it is not said. */
export function phoneIn(call: JsonObject): string {
  const metadata = call['metadata'];
  const to = isObject(metadata) ? metadata['to'] : undefined;
  return typeof to === 'string' ? to : '';
}

function replyIn({ classification, extraction }: JsonObject): Reply | undefined {
  const tag = isObject(classification) ? classification['tag'] : undefined;
  const taken = isObject(extraction) ? asFields(extraction, 'an extraction') : {};
  const isTaken = Object.values(taken).some((value) => value !== null && value !== '');
  const isTagged = typeof tag === 'string' && tag !== '';
  if (!isTagged && !isTaken) return undefined;
  return { ...(isTagged ? { classification: tag } : {}), ...(isTaken ? { extraction: taken } : {}) };
}

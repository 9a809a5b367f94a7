/** A codec on the line to a stand-in for its API, and what the checks of the contract do with it. */
import assert from 'node:assert/strict';
import { mergeSightings } from '../ledger/merge-sightings.ts';
import type { Sighting } from '../model/sighting.ts';
import type { Live } from '../model/plan.ts';
import type { E164 } from '../model/recipient.ts';
import { printReference } from '../model/reference.ts';
import { isFields } from '../model/value.ts';
import type { Fields } from '../model/value.ts';
import { wireFields } from '../plan/desired.ts';
import { isAble } from '../providers/contract.ts';
import type { Account, Call, OpenCall, Provider, Pull } from '../providers/contract.ts';
import { connect } from '../remote/connect.ts';
import type { Http, WireRequest } from '../ports.ts';
import type { PlaceVerdict, Remote } from '../remote/remote.ts';
import type { Faults } from '../sandbox/faults.ts';
import { seededRandom } from '../sandbox/seeded-random.ts';
import { virtualClock } from '../system/virtual-clock.ts';
import type { VirtualClock } from '../system/virtual-clock.ts';
import type { Stand } from './stand.ts';

/** A provider, built-in or of a module. */
export type Codec = Omit<Provider, 'schema'>;

/** Whose objects are that the checks make. */
export const mark = { address: 'clinic-reminders/prod', applied: '0123456789abcdef', store: '89abcdef' };
/** Whom the checks call; three are the most at once. */
export const phones = ['+2348030000001', '+2348030000002', '+2348030000003'] as const;

export type Line = {
  readonly provider: Codec;
  readonly stand: Stand;
  readonly account: Account;
  readonly remote: Remote;
  /** The same line for one who may not write, as plan has it. */
  readonly reading: Remote;
  readonly clock: VirtualClock;
  readonly urls: readonly string[];
  /** Methods of all requests that went out. */
  readonly methods: readonly string[];
};

/** Changes what comes back, or keeps a request from the stand-in. */
export type Meddle = (http: Http) => Http;

/** Opens a line to a new stand-in with these faults. */
export type OpenLine = (faults?: Faults, meddle?: Meddle) => Line;

/** One thing that is expected of every provider. */
export type Check = (on: OpenLine, fields: Fields) => Promise<void>;

/**
 * Opens a line to a new stand-in. Its clock begins on 24 November 2026 and moves only when somebody sleeps; its random
 * numbers are the same each time.
 */
export function line(provider: Codec, stand: Stand, faults: Faults, meddle: Meddle = (http) => http): Line {
  const clock = virtualClock(Date.UTC(2026, 10, 24, 9));
  const random = seededRandom(1);
  const account = provider.open(stand.options);
  const sandbox = meddle(stand.sandbox({ clock, random, faults }));
  const urls: string[] = [];
  const methods: string[] = [];
  const connection = {
    http: (request: WireRequest, signal: AbortSignal) => {
      urls.push(request.url);
      methods.push(request.method);
      return sandbox(request, signal);
    },
    clock,
    random,
    account,
    credential: 'key',
    secrets: new Map(),
    secretMembers: provider.secretMembers,
  };
  const remote = connect({ ...connection, access: 'write' });
  const reading = connect({ ...connection, access: 'read' });
  return { provider, stand, account, remote, reading, clock, urls, methods };
}

/** Where the provider can make none, the one that is there becomes what is declared. */
export async function made({ stand, account, remote }: Line, declared: Fields): Promise<Live> {
  const { create, read, update } = account.resource;
  const fields = wireFields(declared, account.resource);
  if (isAble(create)) return remote.perform(create, { fields, mark });
  assert.ok(stand.existing !== undefined, create.cannot);
  const live = await remote.perform(read, stand.existing);
  return remote.perform(update, { id: live.id, live, fields, mark });
}

/** Calls in groups of `size`, the last one maybe smaller, as placing requests carry them. */
export function batchesOf(calls: readonly Call[], size: number): readonly (readonly Call[])[] {
  const count = Math.ceil(calls.length / size);
  return Array.from({ length: count }, (_, at) => calls.slice(at * size, (at + 1) * size));
}

/** A call to the number at this index, with texts rendered where the provider takes them so. */
export function callTo({ provider, stand }: Line, live: Live, index: number): Call {
  const phone = phones[index] ?? phones[0];
  const reference = printReference({ wave: 'a'.repeat(16), recipient: 'bcdefghi'.repeat(2), n: index + 1 });
  const variables = { name: 'Ada', unused: 'x' };
  const call = { resourceId: live.id, phone, reference, variables, options: stand.call ?? {} };
  return provider.rendered.length === 0 ? call : { ...call, resource: saidIn(live.fields, provider.rendered) };
}

/** The fields with their texts rendered. */
function saidIn(fields: Fields, paths: readonly string[], prefix = ''): Fields {
  const rendered = Object.entries(fields).map(([name, value]) => {
    const path = prefix + name;
    if (isFields(value)) return [name, saidIn(value, paths, `${path}.`)] as const;
    const isSaid = typeof value === 'string' && paths.includes(path);
    return [name, isSaid ? value.replaceAll('{{name}}', 'Ada') : value] as const;
  });
  return Object.fromEntries(rendered);
}

/** The call as one that was placed and is followed. */
export function openCall({ phone, reference, resourceId }: Call, handle?: OpenCall['handle']): OpenCall {
  assert.ok(isE164(phone));
  const open = { phone, reference, resourceId, intentMs: 0 };
  return handle === undefined ? open : { ...open, handle };
}

function isE164(phone: string): phone is E164 {
  return phone.startsWith('+');
}

/** All pages of all listings; complete only where each of them is. */
export async function pullAll(
  remote: Remote,
  pulls: readonly Pull<Sighting>[],
): Promise<{ readonly sightings: readonly Sighting[]; readonly complete: boolean }> {
  const pulled = await Promise.all(pulls.map((pull) => remote.pull(pull)));
  return {
    sightings: mergeSightings(pulled.flatMap(({ items }) => items)),
    complete: pulled.every(({ complete }) => complete),
  };
}

/** Places the calls in one request. */
export async function place(
  { account, remote }: Line,
  live: Live,
  calls: readonly Call[],
): Promise<{ readonly verdict: PlaceVerdict; readonly answer?: readonly (OpenCall['handle'] | undefined)[] }> {
  const input = { calls, resource: live.fields };
  const { place: placing } = account.calls;
  const options = { maySend: () => true, hide: () => [] };
  return remote.place(placing.request(input), (body) => placing.answer(body, input), options);
}

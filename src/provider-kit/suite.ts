/**
 * The contract that every provider keeps, as tests of its codec against a stand-in for its API. In come a provider and
 * its stand, and the `test` of any test runner; nothing else is asked of it than to run functions and to call a
 * rejection a failure. Knows no provider by name.
 */
import assert from 'node:assert/strict';
import { mergeSightings } from '../ledger/match.ts';
import type { Sighting } from '../model/attempt.ts';
import type { Live } from '../model/plan.ts';
import type { E164 } from '../model/recipient.ts';
import { parseReference, printReference } from '../model/reference.ts';
import { digitsOf } from '../model/same-phone.ts';
import { isFields } from '../model/value.ts';
import type { Fields } from '../model/value.ts';
import { wireFields } from '../plan/desired.ts';
import { isAble } from '../providers/contract.ts';
import type { Account, Call, OpenCall, Provider, Pull } from '../providers/contract.ts';
import { connect } from '../remote/connect.ts';
import type { PlaceVerdict, Remote } from '../remote/remote.ts';
import type { Faults } from '../sandbox/faults.ts';
import { seededRandom } from '../sandbox/seeded-random.ts';
import { virtualClock } from '../system/virtual-clock.ts';
import type { VirtualClock } from '../system/virtual-clock.ts';
import type { Stand } from './stand.ts';

/** Declares one test: `test` of node:test, of Vitest, of Jest. */
export type DeclareTest = (name: string, run: () => Promise<void>) => unknown;

/** A provider, built-in or of a module. */
type Codec = Omit<Provider, 'schema'>;

/** Declares the tests of the contract, one set for each kind of resource of the stand. */
export function providerSuite(provider: Codec, stand: Stand, test: DeclareTest): void {
  for (const [kind, fields] of Object.entries(stand.resources)) {
    for (const [name, check] of Object.entries(checks)) {
      test(`${kind} ${name}`, () => check((faults = {}) => line(provider, stand, faults), fields));
    }
  }
}

const mark = { address: 'clinic-reminders/prod', applied: '0123456789abcdef', store: '89abcdef' };
const phones = ['+2348030000001', '+2348030000002', '+2348030000003'] as const;

type Line = {
  readonly provider: Codec;
  readonly stand: Stand;
  readonly account: Account;
  readonly remote: Remote;
  readonly clock: VirtualClock;
  readonly urls: readonly string[];
};

/** One thing that is expected of every provider; `on` opens a line to a new stand-in with these faults. */
type Check = (on: (faults?: Faults) => Line, fields: Fields) => Promise<void>;

const checks: Readonly<Record<string, Check>> = {
  'is made, listed, read and removed, mark and all': keepsResources,
  'is updated field by field, and what is not named stays': updatesFields,
  'says which names its texts ask for': namesPlaceholders,
  'calls everyone of a request, follows them to their end and knows their replies': followsCalls,
  'shows what was placed though its answer was lost, by our reference': findsLostCalls,
  'is read to the end, page by page, however small the pages': readsAllPages,
  'sends no variable that its texts do not ask for, and nothing to another origin': keepsToItself,
};

async function keepsResources(on: (faults?: Faults) => Line, fields: Fields): Promise<void> {
  const at = on();
  const { account, remote } = at;
  const { list, read, remove } = account.resource;
  const live = await made(at, fields);
  assert.deepEqual(live.mark, account.resource.marks ? mark : undefined);
  assert.partialDeepStrictEqual(live.fields, wireFields(fields, account.resource));
  assert.deepEqual(await remote.perform(read, live.id), live);
  if (isAble(list)) {
    const { items, complete } = await remote.pull(list);
    assert.ok(complete);
    // What a listing shows in part is read one by one.
    if (list.whole) assert.deepEqual(items, [live]);
    else assert.deepEqual(items.map(identityOf), [identityOf(live)]);
  }
  if (!isAble(remove)) return;
  await remote.perform(remove, live.id);
  await assert.rejects(remote.perform(read, live.id), { kind: 'not_found' });
}

function identityOf({ id, mark: own }: Live): Pick<Live, 'id' | 'mark'> {
  return own === undefined ? { id } : { id, mark: own };
}

async function updatesFields(on: (faults?: Faults) => Line, fields: Fields): Promise<void> {
  const at = on({ 'strict-put': true });
  let live = await made(at, fields);
  for (const [field, value] of Object.entries(at.stand.change)) {
    const before = live;
    const wanted = { id: live.id, live, fields: wireFields({ [field]: value }, at.account.resource), mark };
    live = await at.remote.perform(at.account.resource.update, wanted);
    assert.deepEqual(identityOf(live), identityOf(before));
    assert.partialDeepStrictEqual(live.fields, wanted.fields);
    assert.deepEqual({ ...live.fields, [field]: null }, { ...before.fields, [field]: null });
  }
}

async function namesPlaceholders(on: (faults?: Faults) => Line, fields: Fields): Promise<void> {
  const at = on();
  const live = await made(at, fields);
  assert.deepEqual(at.account.resource.placeholders(live), at.stand.asks ?? ['name']);
}

async function followsCalls(on: (faults?: Faults) => Line, fields: Fields): Promise<void> {
  const at = on();
  const { account, remote, clock } = at;
  const live = await made(at, fields);
  const calls = phones.map((_, index) => callTo(at, live, index));
  const open: OpenCall[] = [];
  for (const batch of batchesOf(calls, account.calls.batch)) {
    const { verdict, answer } = await place(at, live, batch);
    assert.deepEqual(verdict, { kind: 'answered' });
    assert.equal(answer?.length, batch.length);
    open.push(...batch.map((call, index) => openCall(call, answer?.[index])));
  }
  await clock.sleep(account.calls.followUp.forMs);
  const { sightings, complete } = await pullAll(remote, account.calls.follow(open));
  assert.equal(complete, true);
  const outcomes = new Map(sightings.map(({ phone, outcome }) => [digitsOf(phone), outcome]));
  assert.deepEqual(
    phones.map((phone) => outcomes.get(digitsOf(phone))),
    at.stand.outcomes ?? ['answered', 'no_answer', 'failed'],
  );
  const { reply } = sightings.find(({ outcome }) => outcome === 'answered') ?? {};
  const labelled = reply === undefined ? undefined : account.calls.labelReply(reply, live.fields);
  assert.deepEqual(labelled, at.stand.reply?.(live.fields));
}

async function findsLostCalls(on: (faults?: Faults) => Line, fields: Fields): Promise<void> {
  const at = on({ 'lose-response': 1 });
  const { account, remote, clock } = at;
  const live = await made(at, fields);
  const call = callTo(at, live, 0);
  const { verdict } = await place(at, live, [call]);
  assert.equal(verdict.kind, 'in_doubt');
  await clock.sleep(account.calls.lookUp.settleMs);
  const doubt = [openCall(call), openCall(callTo(at, live, 1))];
  const found = await pullAll(remote, account.calls.lookUp.find(doubt));
  assert.equal(found.complete, account.calls.lookUp.complete);
  assert.deepEqual(
    found.sightings.map(({ reference }) => reference),
    [call.reference],
  );
  const createdMs = found.sightings[0]?.createdMs;
  assert.ok(createdMs !== undefined && createdMs <= clock.now(), 'a sighting says when its call was made');
  const { wave } = account.calls.lookUp;
  if (!isAble(wave)) return;
  const listed = await pullAll(remote, wave(live.id, 0));
  assert.deepEqual(
    listed.sightings.map(({ reference }) => parseReference(reference ?? '')?.n),
    [1],
  );
}

async function readsAllPages(on: (faults?: Faults) => Line, fields: Fields): Promise<void> {
  const at = on({ 'page-cap': 2 });
  const live = await made(at, fields);
  const calls = phones.map((_, index) => callTo(at, live, index));
  for (const batch of batchesOf([...calls, ...calls, ...calls], at.account.calls.batch)) await place(at, live, batch);
  const { wave } = at.account.calls.lookUp;
  if (!isAble(wave)) return;
  const pulled = await Promise.all(wave(live.id, 0).map((pull) => at.remote.pull(pull)));
  assert.deepEqual(
    pulled.map(({ items, complete }) => [items.length, complete]),
    pulled.map(() => [9, true]),
  );
}

async function keepsToItself(on: (faults?: Faults) => Line, fields: Fields): Promise<void> {
  const at = on();
  const live = await made(at, fields);
  const request = at.account.calls.place.request({ calls: [callTo(at, live, 0)], resource: live.fields });
  assert.doesNotMatch(JSON.stringify(request.body), /unused/);
  if (at.provider.rendered.length > 0) assert.doesNotMatch(JSON.stringify(request.body), /\{\{/);
  await place(at, live, [callTo(at, live, 0)]);
  const origins = new Set(at.urls.map((url) => new URL(url).origin));
  assert.deepEqual(
    [...origins].filter((origin) => !at.account.origins.includes(origin)),
    [],
  );
}

function line(provider: Codec, stand: Stand, faults: Faults): Line {
  const clock = virtualClock(Date.UTC(2026, 10, 24, 9));
  const random = seededRandom(1);
  const account = provider.open(stand.options);
  const sandbox = stand.sandbox({ clock, random, faults });
  const urls: string[] = [];
  const remote = connect({
    http: (request, signal) => {
      urls.push(request.url);
      return sandbox(request, signal);
    },
    clock,
    random,
    account,
    credential: 'key',
    secrets: new Map(),
    access: 'write',
  });
  return { provider, stand, account, remote, clock, urls };
}

/** Where the provider can make none, the one that is there becomes what is declared. */
async function made({ stand, account, remote }: Line, declared: Fields): Promise<Live> {
  const { create, read, update } = account.resource;
  const fields = wireFields(declared, account.resource);
  if (isAble(create)) return remote.perform(create, { fields, mark });
  assert.ok(stand.existing !== undefined, create.cannot);
  const live = await remote.perform(read, stand.existing);
  return remote.perform(update, { id: live.id, live, fields, mark });
}

function batchesOf(calls: readonly Call[], size: number): readonly (readonly Call[])[] {
  const count = Math.ceil(calls.length / size);
  return Array.from({ length: count }, (_, at) => calls.slice(at * size, (at + 1) * size));
}

function callTo({ provider, stand }: Line, live: Live, index: number): Call {
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

function openCall({ phone, reference, resourceId }: Call, handle?: OpenCall['handle']): OpenCall {
  assert.ok(isE164(phone));
  const open = { phone, reference, resourceId, intentMs: 0 };
  return handle === undefined ? open : { ...open, handle };
}

function isE164(phone: string): phone is E164 {
  return phone.startsWith('+');
}

async function pullAll(
  remote: Remote,
  pulls: readonly Pull<Sighting>[],
): Promise<{ readonly sightings: readonly Sighting[]; readonly complete: boolean }> {
  const pulled = await Promise.all(pulls.map((pull) => remote.pull(pull)));
  return {
    sightings: mergeSightings(pulled.flatMap(({ items }) => items)),
    complete: pulled.every(({ complete }) => complete),
  };
}

async function place(
  { account, remote }: Line,
  live: Live,
  calls: readonly Call[],
): Promise<{ readonly verdict: PlaceVerdict; readonly answer?: readonly (OpenCall['handle'] | undefined)[] }> {
  const input = { calls, resource: live.fields };
  const { place: placing } = account.calls;
  const options = { maySend: () => true, hide: [] };
  return remote.place(placing.request(input), (body) => placing.answer(body, input), options);
}

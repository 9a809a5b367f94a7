/**
 * The contract that every provider keeps, as tests of its codec against a stand-in for its API. In come a provider and
 * its stand, and the `test` of any test runner; nothing else is asked of it than to run functions and to call a
 * rejection a failure. Knows no provider by name.
 */
import assert from 'node:assert/strict';
import type { Live } from '../model/plan.ts';
import { parseReference } from '../model/reference.ts';
import { digitsOf } from '../model/same-phone.ts';
import type { Fields } from '../model/value.ts';
import { wireFields } from '../plan/desired.ts';
import { isAble } from '../providers/contract.ts';
import type { OpenCall } from '../providers/contract.ts';
import type { Faults } from '../sandbox/faults.ts';
import {
  batchesOf,
  callTo,
  line,
  made,
  mark,
  openCall,
  phones,
  place,
  pullAll,
  type Check,
  type Codec,
  type Line,
} from './line.ts';
import type { Stand } from './stand.ts';
import { callChecks } from './suite-calls.ts';
import { evidenceChecks } from './suite-evidence.ts';
import { planChecks } from './suite-plans.ts';

/** Declares one test: `test` of node:test, of Vitest, of Jest. */
export type DeclareTest = (name: string, run: () => Promise<void>) => unknown;

/** Declares the tests of the contract, one set for each kind of resource of the stand. */
export function providerSuite(provider: Codec, stand: Stand, test: DeclareTest): void {
  for (const [kind, fields] of Object.entries(stand.resources)) {
    for (const [name, check] of Object.entries(checks)) {
      test(`${kind} ${name}`, () => check((faults = {}, meddle) => line(provider, stand, faults, meddle), fields));
    }
  }
}

const checks: Readonly<Record<string, Check>> = {
  ...planChecks,
  ...evidenceChecks,
  ...callChecks,
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

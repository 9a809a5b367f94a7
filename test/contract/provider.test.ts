import { describe, expect, test } from 'vitest';
import { mergeSightings } from '../../src/ledger/match.ts';
import { digitsOf } from '../../src/model/same-phone.ts';
import type { Sighting } from '../../src/model/attempt.ts';
import type { Live } from '../../src/model/plan.ts';
import type { E164 } from '../../src/model/recipient.ts';
import { parseReference, printReference } from '../../src/model/reference.ts';
import type { Fields } from '../../src/model/value.ts';
import { wireFields } from '../../src/plan/desired.ts';
import { isAble, type Account, type Call, type OpenCall, type Pull } from '../../src/providers/contract.ts';
import { findProvider, providerNames } from '../../src/providers/registry.ts';
import { connect } from '../../src/remote/connect.ts';
import type { Remote } from '../../src/remote/remote.ts';
import type { Faults } from '../../src/sandbox/faults.ts';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import { virtualClock, type VirtualClock } from '../../src/system/virtual-clock.ts';
import { stands, type Stand } from './stands.ts';

const mark = { address: 'clinic-reminders/prod', applied: '0123456789abcdef', store: '89abcdef' };
const phones = ['+2348030000001', '+2348030000002', '+2348030000003'] as const;

type Line = {
  readonly account: Account;
  readonly remote: Remote;
  readonly clock: VirtualClock;
  readonly urls: string[];
};

function line(name: string, faults: Faults = {}): Line & { readonly stand: Stand } {
  const provider = findProvider(name);
  const stand = stands[name];
  if (provider === undefined || stand === undefined) throw new Error(`no stand for ${name}`);
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
  return { account, remote, clock, urls, stand };
}

async function made({ account, remote }: Line, declared: Fields): Promise<Live> {
  const { create } = account.resource;
  if (!isAble(create)) throw new Error(create.cannot);
  return remote.perform(create, { fields: wireFields(declared, account.resource), mark });
}

function callTo(live: Live, index: number): Call {
  const phone = phones[index] ?? phones[0];
  const reference = printReference({ wave: 'a'.repeat(16), recipient: 'bcdefghi'.repeat(2), n: index + 1 });
  return { resourceId: live.id, phone, reference, variables: { name: 'Ada', unused: 'x' }, options: {} };
}

function openCall({ phone, reference, resourceId }: Call, handle?: OpenCall['handle']): OpenCall {
  const open = { phone: phone as E164, reference, resourceId, intentMs: 0 };
  return handle === undefined ? open : { ...open, handle };
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

async function place({ account, remote }: Line, live: Live, calls: readonly Call[]) {
  const input = { calls, resource: live.fields };
  const { place: placing } = account.calls;
  const options = { maySend: () => true, hide: [] };
  return remote.place(placing.request(input), (body) => placing.answer(body, input), options);
}

describe.each(
  providerNames.flatMap((name) =>
    Object.entries(stands[name]?.resources ?? {}).map(([kind, fields]) => ({ name, kind, fields })),
  ),
)('$name $kind', ({ name, fields }) => {
  test('is created, listed, read and removed, mark and all', async () => {
    const on = line(name);
    const { account, remote } = on;
    const { list, read, remove } = account.resource;
    const live = await made(on, fields);
    expect(live.mark).toEqual(mark);
    expect(live.fields).toMatchObject(wireFields(fields, account.resource));
    expect(await remote.perform(read, live.id)).toEqual(live);
    if (isAble(list)) expect(await remote.pull(list)).toEqual({ items: [live], complete: true });
    if (!isAble(remove)) return;
    await remote.perform(remove, live.id);
    await expect(remote.perform(read, live.id)).rejects.toMatchObject({ kind: 'not_found' });
  });

  test('is updated field by field, and what is not named stays', async () => {
    const on = line(name, { 'strict-put': true });
    let live = await made(on, fields);
    for (const [field, value] of Object.entries(on.stand.change)) {
      const before = live;
      live = await on.remote.perform(on.account.resource.update, {
        id: live.id,
        live,
        fields: { [field]: value },
        mark,
      });
      expect(live).toEqual({ ...before, fields: { ...before.fields, [field]: value } });
    }
  });

  test('says which names its texts ask for', async () => {
    const on = line(name);
    const live = await made(on, fields);
    expect(on.account.resource.placeholders(live)).toEqual(['name']);
  });

  test('calls everyone of a request, follows them to their end and knows their replies', async () => {
    const on = line(name);
    const { account, remote, clock } = on;
    const live = await made(on, fields);
    const calls = phones.map((_, index) => callTo(live, index)).slice(0, account.calls.batch);
    const { verdict, answer } = await place(on, live, calls);
    expect(verdict).toEqual({ kind: 'answered' });
    expect(answer).toHaveLength(calls.length);
    const open = calls.map((call, index) => openCall(call, answer?.[index]));
    await clock.sleep(account.calls.followUp.forMs);
    const { sightings, complete } = await pullAll(remote, account.calls.follow(open));
    expect(complete).toBe(true);
    const outcomes = new Map(sightings.map(({ phone, outcome }) => [digitsOf(phone), outcome]));
    expect(phones.map((phone) => outcomes.get(digitsOf(phone)))).toEqual(['answered', 'no_answer', 'failed']);
    const reply = sightings.find(({ outcome }) => outcome === 'answered')?.reply;
    if (reply !== undefined) expect(account.calls.labelReply(reply, live.fields).label).toBe('Yes');
  });

  test('shows what was placed though its answer was lost, by our reference', async () => {
    const on = line(name, { 'lose-response': 1 });
    const { account, remote, clock } = on;
    const live = await made(on, fields);
    const call = callTo(live, 0);
    const { verdict } = await place(on, live, [call]);
    expect(verdict.kind).toBe('in_doubt');
    await clock.sleep(account.calls.lookUp.settleMs);
    const doubt = [openCall(call), openCall(callTo(live, 1))];
    const found = await pullAll(remote, account.calls.lookUp.find(doubt));
    expect(found.complete).toBe(account.calls.lookUp.complete);
    expect(found.sightings.map(({ reference }) => reference)).toEqual([call.reference]);
    expect(found.sightings[0]?.createdMs).toBeLessThanOrEqual(clock.now());
    const { wave } = account.calls.lookUp;
    if (!isAble(wave)) return;
    const listed = await pullAll(remote, wave(live.id, 0));
    expect(listed.sightings.map(({ reference }) => parseReference(reference ?? '')?.n)).toEqual([1]);
  });

  test('is read to the end, page by page, however small the pages', async () => {
    const on = line(name, { 'page-cap': 2 });
    const live = await made(on, fields);
    for (let batch = 0; batch < 3; batch += 1)
      await place(
        on,
        live,
        phones.map((_, index) => callTo(live, index)),
      );
    const { wave } = on.account.calls.lookUp;
    if (!isAble(wave)) return;
    const pulled = await Promise.all(wave(live.id, 0).map((pull) => on.remote.pull(pull)));
    expect(pulled.map(({ items, complete }) => [items.length, complete])).toEqual(pulled.map(() => [9, true]));
  });

  test('sends no variable that its texts do not ask for, and nothing to another origin', async () => {
    const on = line(name);
    const live = await made(on, fields);
    const request = on.account.calls.place.request({ calls: [callTo(live, 0)], resource: live.fields });
    expect(JSON.stringify(request.body)).not.toContain('unused');
    await place(on, live, [callTo(live, 0)]);
    const origins = new Set(on.urls.map((url) => new URL(url).origin));
    expect([...origins].filter((origin) => !on.account.origins.includes(origin))).toEqual([]);
  });
});

test('every provider of the registry has a stand', () => {
  expect(Object.keys(stands).toSorted()).toEqual([...providerNames].toSorted());
});

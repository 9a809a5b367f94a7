/** What running relies on: calls are found and followed however the provider answers. */
import assert from 'node:assert/strict';
import { matchAttempt } from '../ledger/match.ts';
import type { Attempt } from '../model/attempt.ts';
import type { Live } from '../model/plan.ts';
import type { Fields } from '../model/value.ts';
import type { Http } from '../ports.ts';
import { isAble } from '../providers/contract.ts';
import type { Faults } from '../sandbox/faults.ts';
import { callTo, made, openCall, place, pullAll, type Check, type Line, type Meddle, type OpenLine } from './line.ts';

/** The checks of following calls, looking them up and ending them. */
export const callChecks: Readonly<Record<string, Check>> = {
  'leaves a call open whose status nobody named, and says the status': keepsUnknownStatuses,
  'is read with members that no page documents': readsExtraMembers,
  'is read without members that are null': readsWithoutNulls,
  'shows a call once the listing has settled': waitsForListings,
  'finds a call by number and time where no reference comes back': findsWithoutEcho,
  'ends a call that is under way, however often it is asked to, or says why it cannot': endsCalls,
  'is read whole with no call, one, a page, and a page and one': readsPageEdges,
};

async function keepsUnknownStatuses(on: OpenLine, fields: Fields): Promise<void> {
  const { at, sightings } = await followed(on, fields, { 'unknown-status': 1 });
  assert.deepEqual(
    sightings.map(({ outcome }) => outcome),
    [undefined],
  );
  const status = sightings[0]?.status ?? '';
  assert.equal(at.account.calls.meaningOf(status), 'unknown', status);
}

async function readsExtraMembers(on: OpenLine, fields: Fields): Promise<void> {
  const { sightings } = await followed(on, fields, { 'extra-fields': true });
  assert.equal(sightings[0]?.outcome, 'answered');
}

async function readsWithoutNulls(on: OpenLine, fields: Fields): Promise<void> {
  const { sightings } = await followed(on, fields, {}, withoutNulls);
  assert.equal(sightings[0]?.outcome, 'answered');
}

async function waitsForListings(on: OpenLine, fields: Fields): Promise<void> {
  const { settleMs } = on().account.calls.lookUp;
  const at = on({ 'list-lag': settleMs / 2, 'lose-response': 1 });
  const live = await made(at, fields);
  const call = callTo(at, live, 0);
  await place(at, live, [call]);
  const look = (): Promise<number> => seen(at, at.account.calls.lookUp.find([openCall(call)]));
  assert.equal(await look(), 0);
  await at.clock.sleep(settleMs);
  assert.equal(await look(), 1);
}

async function findsWithoutEcho(on: OpenLine, fields: Fields): Promise<void> {
  const at = on({ 'no-echo': true, 'lose-response': 1 });
  const live = await made(at, fields);
  const call = callTo(at, live, 0);
  const intentMs = at.clock.now();
  await place(at, live, [call]);
  await at.clock.sleep(at.account.calls.lookUp.settleMs);
  const open = { ...openCall(call), intentMs };
  const { sightings } = await pullAll(at.remote, at.account.calls.lookUp.find([open]));
  const state = { kind: 'in_doubt', sinceMs: intentMs, why: 'cut', looks: 0, needs: 2 } as const;
  const match = matchAttempt({ ...attempt, ...open, state }, sightings, { echo: false, boundTo: () => undefined });
  assert.equal(match.kind, 'present');
}

async function readsPageEdges(on: OpenLine, fields: Fields): Promise<void> {
  const at = on({ 'page-cap': 2 });
  const { wave } = at.account.calls.lookUp;
  const live = await made(at, fields);
  for (let calls = 0; calls <= 3; calls += 1) {
    if (calls > 0) await place(at, live, [callTo(at, live, calls - 1)]);
    if (!isAble(wave)) return;
    const { sightings, complete } = await pullAll(at.remote, wave(live.id, 0));
    assert.deepEqual([sightings.length, complete], [calls, true]);
  }
}

async function endsCalls(on: OpenLine, fields: Fields): Promise<void> {
  const at = on();
  const { cancel, follow, followUp } = at.account.calls;
  if (!isAble(cancel)) {
    assert.match(cancel.cannot, /\w+ \w+/);
    return;
  }
  const live = await made(at, fields);
  const call = callTo(at, live, 0);
  const handle = (await place(at, live, [call])).answer?.[0];
  assert.ok(handle !== undefined);
  await at.remote.perform(cancel, handle);
  await at.remote.perform(cancel, handle);
  await at.clock.sleep(followUp.everyMs);
  const { sightings } = await pullAll(at.remote, follow([openCall(call, handle)]));
  assert.deepEqual(
    sightings.map(({ outcome }) => outcome),
    ['cancelled'],
  );
}

/** An attempt as the ledger has it, as far as matching looks at it. */
const attempt: Omit<Attempt, 'phone' | 'reference' | 'resourceId' | 'intentMs' | 'state'> = {
  id: 1,
  recipientId: 1,
  key: 'A-100',
  n: 1,
  version: 1,
  dispatch: 'one',
  account: 'the account',
  polls: 0,
  earlier: [],
};

/** One call, followed to its end. */
async function followed(
  on: OpenLine,
  fields: Fields,
  faults: Faults,
  meddle?: Meddle,
): Promise<{ readonly at: Line; readonly live: Live } & Awaited<ReturnType<typeof pullAll>>> {
  const at = on(faults, meddle);
  const live = await made(at, fields);
  const call = callTo(at, live, 0);
  const { answer } = await place(at, live, [call]);
  await at.clock.sleep(at.account.calls.followUp.forMs);
  const pulled = await pullAll(at.remote, at.account.calls.follow([openCall(call, answer?.[0])]));
  return { at, live, ...pulled };
}

async function seen(at: Line, pulls: Parameters<typeof pullAll>[1]): Promise<number> {
  return (await pullAll(at.remote, pulls)).sightings.length;
}

function withoutNulls(http: Http): Http {
  return async (request, signal) => {
    const exchange = await http(request, signal);
    if (exchange.kind !== 'answered') return exchange;
    const body = JSON.stringify(JSON.parse(exchange.body), (_, value: unknown) => value ?? undefined);
    return { ...exchange, body };
  };
}

import { describe, expect, test } from 'vitest';
import type { Attempt } from '../../src/model/attempt.ts';
import type { Sighting } from '../../src/model/sighting.ts';
import { RemoteError } from '../../src/remote/remote-error.ts';
import { lookUp } from '../../src/run/look-up.ts';
import { amaka, attempt, bola, inDoubt, minute, sighting, startMs } from '../ledger/clinic.ts';
import { runOf, type Parts } from './clinic.ts';

const settledMs = startMs + 5 * minute;

const forAmaka = attempt({ state: inDoubt() });
const forBola = attempt({
  recipientId: 2,
  key: 'A-101',
  phone: bola,
  reference: 'cp1.aaaaaaaaaaaaaaaa.cccccccccccccccc.1',
  state: inDoubt(),
});

/** Looks up after settling; answers the events by recipient. */
async function lookedUp(
  attempts: readonly Attempt[],
  shown: readonly Sighting[],
  { complete = true, afterMs = settledMs - startMs, ...parts }: Parts & { complete?: boolean; afterMs?: number } = {},
) {
  const listing = () => Promise.resolve({ items: shown, complete });
  const { context, clock, saved } = runOf({ listing, ...parts });
  await clock.sleep(afterMs);
  const { found, unauthorized } = await lookUp(context, attempts);
  expect(found.map((one) => one.attempt)).toEqual(attempts);
  return { events: found.map(({ event }) => event), unauthorized, saved };
}

describe('a look-up', () => {
  test('finds a call by its reference, in whatever form its number is listed', async () => {
    for (const phone of ['+2348030000001', '2348030000001', '08030000001', '+234***01', 'anonymous']) {
      const shown = [sighting({ phone, reference: forAmaka.reference, callId: 'c1' })];
      const { events } = await lookedUp([forAmaka], shown, { afterMs: 0 });
      expect(events).toEqual([{ kind: 'seen', handle: { callId: 'c1' } }]);
    }
  });

  test('that shows nothing counts only once settled, and once more', async () => {
    expect((await lookedUp([forAmaka], [], { afterMs: 5 * minute - 1 })).events).toEqual([undefined]);
    expect((await lookedUp([forAmaka], [])).events).toEqual([{ kind: 'not_seen' }]);
    const again = { ...forAmaka, state: inDoubt({ looks: 1 }) };
    expect((await lookedUp([again], [])).events).toMatchObject([{ kind: 'voided' }]);
  });

  test('of an account that lacks what somebody was called with finds calls, and proves no absence', async () => {
    const elsewhere = { ...forAmaka, resourceId: 'wf_9', state: inDoubt({ looks: 1 }) };
    const read = (error?: RemoteError): Parts => ({
      remote: { perform: () => (error === undefined ? Promise.resolve(undefined as never) : Promise.reject(error)) },
    });
    const gone = read(new RemoteError('not_found', 'GET /workflows/wf_9 answered 404'));
    expect((await lookedUp([elsewhere], [], gone)).events).toMatchObject([{ kind: 'gave_up' }]);
    expect((await lookedUp([elsewhere], [], { ...gone, afterMs: 0 })).events).toEqual([undefined]);
    const shown = [sighting({ reference: forAmaka.reference, callId: 'c1' })];
    expect((await lookedUp([elsewhere], shown, gone)).events).toMatchObject([{ kind: 'seen' }]);
    expect((await lookedUp([elsewhere], [], read())).events).toMatchObject([{ kind: 'voided' }]);
    const down = read(new RemoteError('unavailable', 'GET /workflows/wf_9 answered 503'));
    expect((await lookedUp([elsewhere], [], down)).events).toMatchObject([{ kind: 'look_failed' }]);
  });

  test('counts from when the listing was begun, not from when it came', async () => {
    const { context, clock } = runOf({
      listing: async () => {
        await clock.sleep(2 * minute);
        return { items: [], complete: true };
      },
    });
    await clock.sleep(4 * minute);
    expect((await lookUp(context, [forAmaka])).found).toEqual([{ attempt: forAmaka }]);
  });

  test('that is not complete proves nothing', async () => {
    const again = { ...forAmaka, state: inDoubt({ looks: 1 }) };
    const { events } = await lookedUp([again], [], { complete: false });
    expect(events).toMatchObject([{ kind: 'look_failed' }]);
  });

  test('does not take a missing reference for an absence: an unbound call to the number is unresolved', async () => {
    const other = sighting({ phone: bola, reference: forBola.reference, batchId: 'b9' });
    for (const phone of [amaka, '08030000001', '+234******01']) {
      const { events } = await lookedUp([forAmaka], [other, sighting({ phone, callId: 'c1' })]);
      expect(events).toMatchObject([{ kind: 'gave_up' }]);
    }
  });

  test('leaves out what is bound to another attempt', async () => {
    const bound = new Map([['c1', 'cp1.aaaaaaaaaaaaaaaa.dddddddddddddddd.1']]);
    const { events } = await lookedUp([forAmaka], [sighting({ callId: 'c1' })], { bound });
    expect(events).toEqual([{ kind: 'not_seen' }]);
  });

  test('takes the only unbound call for it while no reference was ever seen', async () => {
    const { events, saved } = await lookedUp([forAmaka], [sighting({ callId: 'c1' })]);
    expect(events).toEqual([{ kind: 'seen', handle: { callId: 'c1' } }]);
    expect(saved).toEqual([]);
  });

  test('remembers for the wave that references come back', async () => {
    const { saved } = await lookedUp([forAmaka], [sighting({ phone: bola, reference: forBola.reference })]);
    expect(saved).toEqual([{ echo: true }]);
  });

  test('remembers that references came back before: a call without one is not ours to take', async () => {
    const { events, saved } = await lookedUp([forAmaka], [sighting({ callId: 'c1' })], { echo: true });
    expect(events).toMatchObject([{ kind: 'gave_up' }]);
    expect(saved).toEqual([]);
  });

  test('takes a tag of somebody else for no reference that comes back', async () => {
    const { saved } = await lookedUp([forAmaka], [sighting({ phone: bola, reference: 'CUST001' })]);
    expect(saved).toEqual([]);
  });
});

describe('a batch', () => {
  const found = sighting({ batchId: 'b1', reference: forAmaka.reference });

  test('that is found by one of its members is accepted whole', async () => {
    const { events } = await lookedUp([forBola, forAmaka], [found], { afterMs: 0 });
    const handle = { batchId: 'b1' };
    expect(events).toEqual([
      { kind: 'seen', handle },
      { kind: 'seen', handle },
    ]);
  });

  test('that was found by one of its members earlier is accepted whole', async () => {
    const again = { ...forBola, state: inDoubt({ looks: 1 }) };
    const { events } = await lookedUp([again], [], { batches: new Map([[again.dispatch, 'b1']]) });
    expect(events).toEqual([{ kind: 'seen', handle: { batchId: 'b1' } }]);
  });

  test('leaves to each member that is found what its own call says', async () => {
    const own = sighting({ batchId: 'b1', reference: forBola.reference, phone: bola, callId: 'c2', status: 'RINGING' });
    const { events } = await lookedUp([forBola, forAmaka], [found, own], { afterMs: 0 });
    expect(events).toEqual([
      { kind: 'seen', handle: { batchId: 'b1', callId: 'c2' }, status: 'RINGING' },
      { kind: 'seen', handle: { batchId: 'b1' } },
    ]);
  });

  test('of another dispatch vouches for nobody', async () => {
    const elsewhere = { ...forBola, dispatch: 'd2' };
    const { events } = await lookedUp([elsewhere, forAmaka], [found]);
    expect(events).toEqual([{ kind: 'not_seen' }, { kind: 'seen', handle: { batchId: 'b1' } }]);
  });

  test('without an id vouches for nobody but who is found', async () => {
    const { batchId, ...alone } = found;
    expect(batchId).toBe('b1');
    const { events } = await lookedUp([forBola, forAmaka], [{ ...alone, callId: 'c1' }]);
    expect(events).toEqual([{ kind: 'not_seen' }, { kind: 'seen', handle: { callId: 'c1' } }]);
  });

  test('that was refused is looked up once and then voided', async () => {
    const refused = { ...forAmaka, state: inDoubt({ needs: 1 }) };
    expect((await lookedUp([refused], [], { afterMs: 0 })).events).toMatchObject([{ kind: 'voided' }]);
  });
});

describe('a look-up that fails', () => {
  const failing = (kind: RemoteError['kind']) => ({
    listing: () => Promise.reject(new RemoteError(kind, `GET /calls: ${kind}`)),
  });

  test.each(['unavailable', 'rate_limited', 'protocol'] as const)('is done again: %s', async (kind) => {
    const { events, unauthorized } = await lookedUp([forAmaka, forBola], [], failing(kind));
    expect(events).toMatchObject([{ kind: 'look_failed' }, { kind: 'look_failed' }]);
    expect(unauthorized).toBeUndefined();
    expect((await lookedUp([forAmaka], [], { ...failing(kind), afterMs: 0 })).events).toEqual([undefined]);
  });

  test('for good leaves it to a person', async () => {
    const { events, unauthorized } = await lookedUp([forAmaka], [], { ...failing('not_found'), afterMs: 0 });
    expect(events).toMatchObject([{ kind: 'gave_up' }]);
    expect(unauthorized).toBeUndefined();
  });

  test('for want of credentials also stops the run', async () => {
    const { events, unauthorized } = await lookedUp([forAmaka], [], failing('unauthorized'));
    expect(events).toMatchObject([{ kind: 'gave_up' }]);
    expect(unauthorized).toBe('GET /calls: unauthorized');
  });

  test('for a bug of ours is thrown', async () => {
    const listing = () => Promise.reject(new TypeError('bug'));
    await expect(lookedUp([forAmaka], [], { listing })).rejects.toThrow(TypeError);
  });
});

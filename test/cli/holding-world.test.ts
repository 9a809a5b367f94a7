import { expect, test } from 'vitest';
import { holdingWorld } from '../../src/cli/holding-world.ts';
import { noProviders } from '../../src/cli/no-providers.ts';
import { world } from '../support/world.ts';

const leaseMs = 15_000;

/** Two addresses that are held, and a way to write under them: it answers whether the write may leave. */
async function hold() {
  let nowMs = 0;
  let looks = 0;
  const beaten = [0, 0];
  const lost = [new AbortController(), new AbortController()];
  const made = await world();
  const leases = beaten.map((_, index) => ({
    isValid: (forMs = 0): boolean => {
      looks += 1;
      return lost[index]?.signal.aborted === false && nowMs - (beaten[index] ?? 0) < leaseMs - forMs;
    },
    renew: () => Promise.resolve(false),
    lost: lost[index]?.signal ?? AbortSignal.abort(),
  }));
  const clock = { ...made.clock, now: () => nowMs, monotonic: () => nowMs };
  const inside = holdingWorld(leases, {
    ...made,
    clock,
    providers: noProviders,
    reach: undefined,
    http: ({ maySend }) =>
      Promise.resolve({ kind: 'answered', status: maySend?.() === true ? 200 : 409, headers: {}, body: '' }),
  });
  const request = { method: 'POST', url: 'https://voicebot.example.test/workflows', headers: {} };
  return {
    [Symbol.asyncDispose]: () => made[Symbol.asyncDispose](),
    lost,
    beaten,
    at: (ms: number) => (nowMs = ms),
    looks: () => looks,
    mayWrite: async (): Promise<boolean> => {
      const got = await inside.http(request, new AbortController().signal);
      return got.kind === 'answered' && got.status === 200;
    },
  };
}

test('nothing is written any more from the instant on in which one of the leases is over', async () => {
  await using held = await hold();
  for (const ms of [0, 13_999, 14_001, 14_999]) {
    held.at(ms);
    expect(await held.mayWrite()).toBe(true);
  }
  held.at(15_000);
  expect(await held.mayWrite()).toBe(false);
  held.beaten.fill(15_000);
  expect(await held.mayWrite()).toBe(true);
});

test('nothing is written any more once another process has taken one of the leases', async () => {
  await using held = await hold();
  expect(await held.mayWrite()).toBe(true);
  held.lost[1]?.abort();
  expect(await held.mayWrite()).toBe(false);
});

test('leases that last are looked at once a second, however much is written', async () => {
  await using held = await hold();
  for (let write = 0; write < 100; write += 1) await held.mayWrite();
  expect(held.looks()).toBe(2);
  held.at(1_000);
  await held.mayWrite();
  expect(held.looks()).toBe(4);
});

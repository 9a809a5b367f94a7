import { expect, test } from 'vitest';
import { leaseMs } from '../../src/run/lease.ts';
import { watchHolders } from '../../src/run/watch-holders.ts';
import type { Holding } from '../../src/store/contract/lease.ts';
import { virtualClock } from '../../src/system/virtual-clock.ts';
import { second, startMs } from '../ledger/clinic.ts';

const here = 'reception';

type Look = { readonly afterMs: number; readonly holding: Holding | undefined; readonly isHeld: boolean };

function held(beat: number, change: { readonly fence?: number; readonly hostname?: string } = {}): Holding {
  const { fence = 1, hostname = 'ward' } = change;
  return { holder: { hostname, pid: 7, started: 'monday', command: 'run' }, fence, beat };
}

test.each<{ readonly when: string; readonly looks: readonly Look[] }>([
  { when: 'nobody holds the address', looks: [{ afterMs: 0, holding: undefined, isHeld: false }] },
  {
    when: 'its process was one of this host and is gone',
    looks: [{ afterMs: 0, holding: held(1, { hostname: here }), isHeld: false }],
  },
  {
    when: 'its heartbeat goes on',
    looks: [
      { afterMs: 0, holding: held(1), isHeld: true },
      { afterMs: leaseMs, holding: held(2), isHeld: true },
      { afterMs: leaseMs - 1, holding: held(2), isHeld: true },
      { afterMs: leaseMs, holding: held(9), isHeld: true },
    ],
  },
  {
    when: 'its heartbeat stands still for the length of a lease, however often one looks',
    looks: [
      { afterMs: 0, holding: held(4), isHeld: true },
      { afterMs: 5 * second, holding: held(4), isHeld: true },
      { afterMs: 5 * second, holding: held(4), isHeld: true },
      { afterMs: 5 * second, holding: held(4), isHeld: false },
      { afterMs: 0, holding: held(4), isHeld: false },
    ],
  },
  {
    when: 'its heartbeat stood still and goes on',
    looks: [
      { afterMs: 0, holding: held(4), isHeld: true },
      { afterMs: leaseMs, holding: held(4), isHeld: false },
      { afterMs: second, holding: held(5), isHeld: true },
      { afterMs: leaseMs, holding: held(5), isHeld: false },
    ],
  },
  {
    when: 'another process has it now',
    looks: [
      { afterMs: 0, holding: held(4), isHeld: true },
      { afterMs: leaseMs, holding: held(4, { fence: 2 }), isHeld: true },
    ],
  },
])('tells whether an address is worked on where $when', async ({ looks }) => {
  const clock = virtualClock(startMs);
  let holding: Holding | undefined;
  const isHeld = watchHolders({ store: { holding: () => Promise.resolve(holding) }, clock, host });
  for (const look of looks) {
    await clock.sleep(look.afterMs);
    holding = look.holding;
    expect(await isHeld('garage-recall/prod')).toBe(look.isHeld);
  }
});

test('takes no heartbeat for older than it is where the store takes its time', async () => {
  const clock = virtualClock(startMs);
  const holding = async (): Promise<Holding> => {
    await clock.sleep(leaseMs);
    return held(1);
  };
  const isHeld = watchHolders({ store: { holding }, clock, host });
  expect(await isHeld('garage-recall/prod')).toBe(true);
  expect(await isHeld('garage-recall/prod')).toBe(true);
  expect(await isHeld('garage-recall/prod')).toBe(false);
});

test('watches each address by itself', async () => {
  const clock = virtualClock(startMs);
  const isHeld = watchHolders({ store: { holding: () => Promise.resolve(held(1)) }, clock, host });
  expect(await isHeld('garage-recall/prod')).toBe(true);
  await clock.sleep(leaseMs);
  expect(await isHeld('tyre-change/prod')).toBe(true);
  expect(await isHeld('garage-recall/prod')).toBe(false);
});

const host = { hostname: here, runtime: 'node under test', pid: 1, started: 'monday', mayBeAlive: () => false };

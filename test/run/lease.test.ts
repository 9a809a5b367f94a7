import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Host } from '../../src/ports.ts';
import { holdLease, leaseMs, type HeldLease, type LeaseDeps } from '../../src/run/lease.ts';
import { LeaseLost, StoreFailure } from '../../src/store/contract/failure.ts';
import type { Store } from '../../src/store/contract/store.ts';
import { virtualClock, type VirtualClock } from '../../src/system/virtual-clock.ts';
import { second, startMs } from '../ledger/clinic.ts';
import { openTemporary, type SqliteOpened } from '../store/sqlite-store.ts';

let opened: SqliteOpened;
let addresses = 0;

beforeAll(async () => {
  opened = await openTemporary();
});

afterAll(() => opened[Symbol.asyncDispose]());

/** A process of a host; all processes of a test share the clock and contend for one address. */
type Process = {
  readonly hold: (change?: Partial<LeaseDeps>) => ReturnType<typeof holdLease>;
  readonly notes: readonly string[];
};

type Street = {
  readonly address: string;
  readonly clock: VirtualClock;
  readonly process: (pid: number, hostname?: string, store?: Store) => Process;
  /** Ends a process without a word. */
  readonly kill: (pid: number) => void;
};

function street(): Street {
  const address = `clinic-${String((addresses += 1))}/prod`;
  const clock = virtualClock(startMs);
  const dead = new Set<number>();
  return {
    address,
    clock,
    kill: (pid) => void dead.add(pid),
    process: (pid, hostname = 'reception', store = opened.store) => {
      const notes: string[] = [];
      const host: Host = {
        hostname,
        runtime: 'node under test',
        pid,
        started: 'monday',
        mayBeAlive: (other) => !dead.has(other),
      };
      return {
        notes,
        hold: (change) =>
          holdLease(address, 'run', { store, clock, host, note: (text) => void notes.push(text), ...change }),
      };
    },
  };
}

/** The clock of a machine that may sleep: its monotonic clock stands still then. */
function sleepy(clock: VirtualClock): { readonly clock: VirtualClock; readonly sleepMs: (ms: number) => void } {
  let sleptMs = 0;
  return {
    clock: { ...clock, now: () => clock.now() + sleptMs },
    sleepMs: (ms) => {
      sleptMs += ms;
    },
  };
}

/** A store whose heartbeats stop: the process stands still. */
function standingStill(): Store {
  return { ...opened.store, beat: () => new Promise(() => undefined) };
}

async function held(holding: ReturnType<typeof holdLease>): Promise<HeldLease> {
  const got = await holding;
  if (got.kind === 'busy') throw new Error('the address is busy');
  return got.lease;
}

describe('an address that nobody holds', () => {
  test('is held at once, and free again when it is released', async () => {
    const { clock, process } = street();
    const first = await held(process(1).hold());
    expect(first.isValid()).toBe(true);
    await first.release();
    expect(first.isValid()).toBe(false);
    const next = process(2);
    const lease = await held(next.hold());
    expect(lease.fence).toBe(first.fence + 1);
    expect([clock.monotonic(), next.notes]).toEqual([0, []]);
    await lease.release();
  });
});

test('a lease is not valid while a machine that slept has not looked whether it is its own still', async () => {
  const { clock, process } = street();
  const laptop = sleepy(clock);
  const lease = await held(process(1).hold({ clock: laptop.clock }));
  laptop.sleepMs(leaseMs);
  expect(lease.isValid()).toBe(false);
  await clock.sleep(6 * second);
  expect(lease.isValid()).toBe(true);
  laptop.sleepMs(leaseMs);
  expect(await lease.renew()).toBe(true);
  expect(lease.isValid()).toBe(true);
  await lease.release();
  expect(await lease.renew()).toBe(false);
});

describe('an address that another process holds', () => {
  test('is taken at once if that process of this host is gone', async () => {
    const { clock, process, kill } = street();
    const first = await held(process(1, 'reception', standingStill()).hold());
    kill(1);
    const next = process(2);
    const lease = await held(next.hold());
    expect(lease.fence).toBe(first.fence + 1);
    expect([clock.monotonic(), next.notes]).toEqual([0, []]);
    await lease.release();
  });

  test('is taken after 15 seconds if its process lives and its heartbeat stands still', async () => {
    const { address, clock, process } = street();
    await process(1, 'reception', standingStill()).hold();
    const next = process(2);
    const lease = await held(next.hold());
    expect(clock.monotonic()).toBe(leaseMs);
    expect(next.notes).toEqual([`${address} is held by process 1 on reception; watching its heartbeat for 15 s`]);
    await lease.release();
  });

  test('is taken after 15 seconds if it is gone on another host, which nobody can tell from here', async () => {
    const { clock, process, kill } = street();
    await process(1, 'ward', standingStill()).hold();
    kill(1);
    const lease = await held(process(2).hold());
    expect(clock.monotonic()).toBe(leaseMs);
    await lease.release();
  });

  test('is taken as soon as its process ends while it is watched', async () => {
    const { clock, process, kill } = street();
    await process(1, 'reception', standingStill()).hold();
    const holding = process(2).hold();
    await clock.sleep(3_500);
    kill(1);
    const lease = await held(holding);
    expect(clock.monotonic()).toBe(4 * second);
    await lease.release();
  });

  test('is taken as soon as it is released while it is watched', async () => {
    const { clock, process } = street();
    const first = await held(process(1).hold());
    const holding = process(2).hold();
    await clock.sleep(2_500);
    await first.release();
    const lease = await held(holding);
    expect(clock.monotonic()).toBe(3 * second);
    await lease.release();
  });

  test('is busy as soon as its heart is seen to beat, and says who has it', async () => {
    const { clock, process } = street();
    const first = await held(process(1).hold());
    const got = await process(2).hold();
    expect(got).toMatchObject({ kind: 'busy', holder: { hostname: 'reception', pid: 1, command: 'run' } });
    expect(clock.monotonic()).toBeLessThanOrEqual(6 * second);
    expect(first.isValid()).toBe(true);
    await first.release();
  });

  test('goes to one of two who watch it, and the other finds it busy', async () => {
    const { process } = street();
    await process(1, 'ward', standingStill()).hold();
    const got = await Promise.all([process(2).hold(), process(3).hold()]);
    expect(got.map(({ kind }) => kind).toSorted()).toEqual(['busy', 'held']);
    for (const one of got) if (one.kind === 'held') await one.lease.release();
  });

  test('is left as busy when the person gives up waiting', async () => {
    const { clock, process } = street();
    await process(1, 'ward', standingStill()).hold();
    const giveUp = new AbortController();
    const holding = process(2).hold({ signal: giveUp.signal });
    let isWatching = true;
    void holding.then(() => (isWatching = false));
    await clock.sleep(2_500);
    expect(isWatching).toBe(true);
    giveUp.abort();
    expect(await holding).toMatchObject({ kind: 'busy', holder: { hostname: 'ward' } });
    expect(clock.monotonic()).toBe(2_500);
  });
});

describe('a lease that is held', () => {
  test('stays valid by its heartbeats', async () => {
    const { clock, process } = street();
    const lease = await held(process(1).hold());
    for (let minute = 0; minute < 10; minute += 1) {
      await clock.sleep(60 * second);
      expect(lease.isValid()).toBe(true);
    }
    await lease.release();
  });

  test('is over 15 seconds after it was asked for if no heartbeat comes through', async () => {
    const { clock, process } = street();
    const slow: Store = {
      ...standingStill(),
      acquire: async (...args) => {
        await clock.sleep(8 * second);
        const lease = await opened.store.acquire(...args);
        await clock.sleep(2 * second);
        return lease;
      },
    };
    const lease = await held(process(1, 'reception', slow).hold());
    expect(clock.monotonic()).toBe(10 * second);
    await clock.sleep(5 * second - 1);
    expect(lease.isValid()).toBe(true);
    await clock.sleep(1);
    expect(lease.isValid()).toBe(false);
    expect(lease.lost.aborted).toBe(false);
  });

  test('is lost when another took it over, and releasing it does not take it from the other', async () => {
    const { address, clock, process } = street();
    const lease = await held(process(1).hold());
    const holder = { hostname: 'ward', pid: 9, started: 'monday', command: 'run' };
    const now = await opened.store.acquire(address, holder, startMs);
    if (now.kind === 'held') throw new Error('it is not held');
    await opened.store.takeOver(address, holder, now, startMs);
    expect(lease.lost.aborted).toBe(false);
    await clock.sleep(5 * second + 1);
    expect([lease.lost.aborted, lease.isValid()]).toEqual([true, false]);
    expect(lease.lost.reason).toBeInstanceOf(LeaseLost);
    await lease.release();
    expect(await opened.store.holding(address)).toMatchObject({ holder });
  });

  test('is lost when the store fails, and says why', async () => {
    const { clock, process } = street();
    const full = new StoreFailure('disk_full', '.callplan/callplan.db');
    const failing: Store = { ...opened.store, beat: () => Promise.reject(full) };
    const lease = await held(process(1, 'reception', failing).hold());
    await clock.sleep(5 * second + 1);
    expect([lease.lost.aborted, lease.isValid()]).toEqual([true, false]);
    expect(lease.lost.reason).toBe(full);
  });

  test('beats no more once it is released', async () => {
    const { clock, process } = street();
    let beats = 0;
    const counted: Store = {
      ...opened.store,
      beat: (...args) => {
        beats += 1;
        return opened.store.beat(...args);
      },
    };
    const lease = await held(process(1, 'reception', counted).hold());
    await clock.sleep(12 * second);
    await lease.release();
    await clock.sleep(60 * second);
    expect(beats).toBe(2);
  });

  test('needs no heartbeat where nobody else can reach the store', async () => {
    const { clock, process } = street();
    const heartless: Store = { ...opened.store, beat: () => expect.fail('a heartbeat') };
    const lease = await held(process(1, 'reception', heartless).hold({ alone: true }));
    await clock.sleep(3_600 * second);
    expect([lease.isValid(), lease.lost.aborted]).toEqual([true, false]);
    await lease.release();
  });
});

test('two processes never hold an address at once, however slow the store is for one of them', async () => {
  const anyLatency = fc.record({ beforeMs: fc.nat(12_000), afterMs: fc.nat(12_000) });
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyLatency, { minLength: 1, maxLength: 8 }),
      fc.nat(12_000),
      async (latencies, startsMs) => {
        const { clock, process } = street();
        let asked = 0;
        /** The write happens somewhere within the time that the store takes. */
        const slowly = async <T>(work: () => Promise<T>): Promise<T> => {
          const latency = latencies[(asked += 1) % latencies.length] ?? { beforeMs: 0, afterMs: 0 };
          await clock.sleep(latency.beforeMs);
          const result = await work();
          await clock.sleep(latency.afterMs);
          return result;
        };
        const slow: Store = {
          ...opened.store,
          acquire: (...args) => slowly(() => opened.store.acquire(...args)),
          takeOver: (...args) => slowly(() => opened.store.takeOver(...args)),
          beat: (...args) => slowly(() => opened.store.beat(...args)),
        };
        const leases: HeldLease[] = [];
        const contender = async (pid: number, delayMs: number): Promise<void> => {
          await clock.sleep(delayMs);
          const got = await process(pid, `host-${String(pid)}`, pid === 1 ? slow : opened.store).hold();
          if (got.kind === 'held') leases.push(got.lease);
        };
        const contending = Promise.all([contender(1, 0), contender(2, startsMs), contender(3, 2 * startsMs)]);
        for (let tick = 0; tick < 600; tick += 1) {
          await clock.sleep(250);
          expect(leases.filter((lease) => lease.isValid()).length).toBeLessThanOrEqual(1);
        }
        await contending;
        await Promise.all(leases.map((lease) => lease.release()));
      },
    ),
    { numRuns: 25 },
  );
});

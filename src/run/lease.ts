import type { Clock, Host } from '../ports.ts';
import { LeaseLost } from '../store/contract/failure.ts';
import type { Holder, Lease } from '../store/contract/lease.ts';
import type { Store } from '../store/contract/store.ts';
import { instant, isWithin, type Instant } from './instant.ts';
import { isGone } from './live-holder.ts';

/** A lease is over when its heartbeat stood still so long. */
export const leaseMs = 15_000;
const heartbeatMs = 5_000;
const watchMs = 1_000;

/** An address that this process has; it keeps it by heartbeats until it gives it back. */
export type HeldLease = {
  readonly fence: number;
  /**
   * False once it is given back, or its last heartbeat is too old to send anything under it.
   * @param forMs and so long from now on, if nobody takes it meanwhile. Default: 0
   */
  readonly isValid: (forMs?: number) => boolean;
  /**
   * Looks whether it is this process's still, where its last heartbeat is too old: nobody need have taken it over while the
   * machine slept. Answers `isValid`.
   */
  readonly renew: () => Promise<boolean>;
  /** Aborts when another process took the address over, or the store failed; its reason is LeaseLost or what failed. */
  readonly lost: AbortSignal;
  /** Called after each heartbeat. Answers how to end that. */
  readonly onBeat: (listener: () => void) => () => void;
  readonly release: () => Promise<void>;
};

/** What holding a lease needs of the world. */
export type LeaseDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly host: Host;
  /** The wave that is to be called under it, if any. */
  readonly wave?: string;
  /** Says that another's heartbeat is being watched. */
  readonly note: (text: string) => void;
  readonly signal?: AbortSignal;
  /** Nobody else can reach the store: no heartbeat is needed. */
  readonly alone?: boolean;
};

/**
 * One writer per address. A lease held by a process of this host that is gone is taken at once; any other only after
 * its heartbeat was seen to stand still for 15 s. A beating one: `busy`.
 */
export async function holdLease(
  address: string,
  command: string,
  deps: LeaseDeps,
): Promise<{ readonly kind: 'held'; readonly lease: HeldLease } | { readonly kind: 'busy'; readonly holder: Holder }> {
  const { store, clock, host } = deps;
  const { hostname, pid, started } = host;
  const self: Holder = { hostname, pid, started, command, ...(deps.wave === undefined ? {} : { wave: deps.wave }) };
  let taken = await asked(clock, () => store.acquire(address, self, clock.now()));
  if (taken.lease.kind === 'busy') taken = await contend(address, self, taken.lease, deps);
  const { lease } = taken;
  return lease.kind === 'held'
    ? { kind: 'held', lease: keepAlive(address, lease.fence, taken.asked, deps) }
    : { kind: 'busy', holder: lease.holder };
}

type Busy = Lease & { readonly kind: 'busy' };

/** A lease counts from before it was asked for: a store that takes its time must not make it last longer. */
type Taken = { readonly lease: Lease; readonly asked: Instant };

async function asked(clock: Clock, ask: () => Promise<Lease>): Promise<Taken> {
  const since = instant(clock);
  return { lease: await ask(), asked: since };
}

async function contend(address: string, self: Holder, busy: Busy, deps: LeaseDeps): Promise<Taken> {
  const { store, clock, host } = deps;
  const { holder } = busy;
  const untilMs = clock.monotonic() + leaseMs;
  if (!isGone(holder, host)) {
    deps.note(
      `${address} is held by process ${String(holder.pid)} on ${holder.hostname}; watching its heartbeat for 15 s`,
    );
  }
  while (clock.monotonic() < untilMs && !isGone(holder, host)) {
    await clock.sleep(watchMs, deps.signal);
    if (deps.signal?.aborted === true) return { lease: busy, asked: instant(clock) };
    const now = await asked(clock, () => store.acquire(address, self, clock.now()));
    if (now.lease.kind === 'held') return now;
    if (now.lease.beat !== busy.beat || now.lease.fence !== busy.fence) return now;
  }
  return asked(clock, () => store.takeOver(address, self, busy, clock.now()));
}

function keepAlive(address: string, fence: number, since: Instant, deps: LeaseDeps): HeldLease {
  const { store, clock } = deps;
  const stop = new AbortController();
  const lost = new AbortController();
  const listeners = new Set<() => void>();
  let beaten = since;
  const isOver = (): boolean => stop.signal.aborted || lost.signal.aborted;
  const isValid = (forMs = 0): boolean =>
    !isOver() && (deps.alone === true || isWithin(leaseMs - forMs, beaten, clock));
  const beat = async (): Promise<void> => {
    const now = instant(clock);
    const problem = await problemOf(store.beat(address, fence, clock.now()), address);
    if (problem === undefined) beaten = now;
    else lost.abort(problem);
  };
  const beating = (async (): Promise<void> => {
    if (deps.alone === true) return;
    while (!isOver()) {
      await clock.sleep(heartbeatMs, stop.signal);
      if (isOver()) return;
      await beat();
      if (!lost.signal.aborted) for (const listener of listeners) listener();
    }
  })();
  return {
    fence,
    isValid,
    renew: async () => {
      if (!isOver() && !isValid()) await beat();
      return isValid();
    },
    lost: lost.signal,
    onBeat: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    release: async () => {
      stop.abort();
      await beating;
      if (!lost.signal.aborted) await store.release(address, fence);
    },
  };
}

/** Why a heartbeat did not keep the lease, if it did not. */
async function problemOf(beat: Promise<boolean>, address: string): Promise<unknown> {
  try {
    return (await beat) ? undefined : new LeaseLost(address);
  } catch (error) {
    return error;
  }
}

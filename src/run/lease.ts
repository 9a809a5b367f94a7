import type { Clock, Host } from '../ports.ts';
import type { Holder, Lease, Store } from '../store/contract.ts';

/** A lease is over when its heartbeat stood still so long. */
export const leaseMs = 15_000;
const heartbeatMs = 5_000;
const watchMs = 1_000;

export type HeldLease = {
  readonly fence: number;
  /** False once the last heartbeat is too old to send anything under it. */
  readonly isValid: () => boolean;
  /** Aborts when another process took the address over, or the store failed. */
  readonly lost: AbortSignal;
  readonly release: () => Promise<void>;
};

export type LeaseDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly host: Host;
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
  const self: Holder = { hostname: host.hostname, pid: host.pid, started: host.started, command };
  let lease = await store.acquire(address, self, clock.now());
  if (lease.kind === 'busy') lease = await contend(address, self, lease, deps);
  return lease.kind === 'held'
    ? { kind: 'held', lease: keepAlive(address, lease.fence, deps) }
    : { kind: 'busy', holder: lease.holder };
}

type Busy = Lease & { readonly kind: 'busy' };

async function contend(address: string, self: Holder, busy: Busy, deps: LeaseDeps): Promise<Lease> {
  const { store, clock, host } = deps;
  const { holder } = busy;
  const isGone = holder.hostname === host.hostname && !host.mayBeAlive(holder.pid, holder.started);
  if (isGone) return store.takeOver(address, self, busy, clock.now());
  deps.note(
    `${address} is held by process ${String(holder.pid)} on ${holder.hostname}; watching its heartbeat for 15 s`,
  );
  const untilMs = clock.monotonic() + leaseMs;
  while (clock.monotonic() < untilMs && deps.signal?.aborted !== true) {
    await clock.sleep(watchMs, deps.signal);
    const now = await store.acquire(address, self, clock.now());
    if (now.kind === 'held') return now;
    if (now.beat !== busy.beat || now.fence !== busy.fence) return now;
  }
  if (deps.signal?.aborted === true) return busy;
  return store.takeOver(address, self, busy, clock.now());
}

function keepAlive(address: string, fence: number, deps: LeaseDeps): HeldLease {
  const { store, clock } = deps;
  const stop = new AbortController();
  const lost = new AbortController();
  let beatAtMs = clock.monotonic();
  const beating = (async (): Promise<void> => {
    if (deps.alone === true) return;
    while (!stop.signal.aborted) {
      await clock.sleep(heartbeatMs, stop.signal);
      if (stop.signal.aborted) return;
      const atMs = clock.monotonic();
      const isOurs = await store.beat(address, fence, clock.now()).catch(() => false);
      if (!isOurs) {
        lost.abort();
        return;
      }
      beatAtMs = atMs;
    }
  })();
  return {
    fence,
    isValid: () => deps.alone === true || (!lost.signal.aborted && clock.monotonic() - beatAtMs < leaseMs),
    lost: lost.signal,
    release: async () => {
      stop.abort();
      await beating;
      if (!lost.signal.aborted) await store.release(address, fence);
    },
  };
}

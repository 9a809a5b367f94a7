import type { Clock } from '../ports.ts';
import { writesWhile } from '../remote/guard.ts';
import { instant, isWithin, type Instant } from '../run/instant.ts';
import type { HeldLease } from '../run/lease.ts';
import type { World } from './world.ts';

type Held = Pick<HeldLease, 'isValid' | 'renew' | 'lost'>;

/**
 * The world of whoever holds these addresses: nothing that writes leaves it once one of the leases is over by either clock, and
 * the store does not say that it is this process's still.
 */
export function holdingWorld(leases: readonly Held[], world: World): World {
  const renew = (): Promise<unknown> => Promise.all(leases.map((lease) => lease.renew()));
  return { ...world, http: writesWhile(world.http, { mayWrite: whileValid(leases, world.clock), renew }) };
}

/** Leases that are seen to last so long are not looked at again meanwhile. */
const lookMs = 1_000;

/** An apply may hold thousands, and asks before each of its writes. */
function whileValid(leases: readonly Held[], clock: Clock): () => boolean {
  let looked: Instant | undefined;
  for (const { lost } of leases) {
    lost.addEventListener('abort', () => {
      looked = undefined;
    });
  }
  return () => {
    if (looked !== undefined && isWithin(lookMs, looked, clock)) return true;
    const now = instant(clock);
    looked = leases.every((lease) => lease.isValid(lookMs)) ? now : undefined;
    return looked !== undefined || leases.every((lease) => lease.isValid());
  };
}

import { writesWhile } from '../remote/guard.ts';
import type { HeldLease } from '../run/lease.ts';
import type { World } from './world.ts';

/**
 * The world of whoever holds these addresses: nothing that writes leaves it once one of the leases is over by either clock, and
 * the store does not say that it is this process's still.
 */
export function holdingWorld(leases: readonly Pick<HeldLease, 'isValid' | 'renew'>[], world: World): World {
  const mayWrite = (): boolean => leases.every((lease) => lease.isValid());
  const renew = (): Promise<unknown> => Promise.all(leases.map((lease) => lease.renew()));
  return { ...world, http: writesWhile(world.http, { mayWrite, renew }) };
}

import { writesWhile } from '../remote/guard.ts';
import type { HeldLease } from '../run/lease.ts';
import type { World } from './world.ts';

/** The world of whoever holds these addresses: nothing that writes leaves it once one of the leases is over by either clock. */
export function holdingWorld(leases: readonly Pick<HeldLease, 'isValid'>[], world: World): World {
  return { ...world, http: writesWhile(world.http, () => leases.every((lease) => lease.isValid())) };
}

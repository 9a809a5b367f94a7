import { clocksApartMs } from '../model/clocks-apart.ts';
import type { Sighting } from '../model/sighting.ts';

/** What the ledger knows of an address whose calls were listed. */
export type KnownOfAddress = {
  /** From when on it may lack calls; undefined: the address has no event yet. */
  readonly sinceMs: number | undefined;
  /** Its waves: when each was opened, and whether a reference of it ever came back. */
  readonly waves: readonly { readonly openedMs: number; readonly echo: boolean }[];
};

/**
 * Calls without any reference that may be the address's: those newer than `sinceMs`, or than the opening of its first wave;
 * and only while nothing proves that references come back, unless the ledger may lack all there ever was.
 */
export function unclaimed(sightings: readonly Sighting[], { sinceMs, waves }: KnownOfAddress): readonly Sighting[] {
  const fromMs = sinceMs ?? Math.min(...waves.map(({ openedMs }) => openedMs));
  if (fromMs > 0 && waves.some(({ echo }) => echo)) return [];
  return sightings.filter(
    ({ reference, createdMs }) =>
      reference === undefined && (createdMs === undefined || createdMs >= fromMs - clocksApartMs),
  );
}

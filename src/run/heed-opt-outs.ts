import type { Sighting } from '../model/sighting.ts';
import type { RunContext } from './context.ts';

/**
 * Whoever asked in a call not to be called again is not called, however late the provider tells it: also of calls that were
 * over before. What it tells with the end of a call is written down with that end.
 */
export async function heedOptOuts({ store, scope, time }: RunContext, sightings: readonly Sighting[]): Promise<void> {
  const told = sightings.filter(({ optOut }) => optOut);
  if (told.length > 0) await store.heedOptOuts(scope, told, time.wall());
}

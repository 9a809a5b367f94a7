import { digitsOf } from '../model/same-phone.ts';
import type { Sighting } from '../model/sighting.ts';

/**
 * One call often shows twice: in a batch listing that has the reference and in a call listing that has the status, or on
 * two pages of a listing that grew meanwhile. Signs of one call id, or of one batch and number, become one, unless they
 * contradict each other; what any of them knows, it knows. Lengths that can be none are left out.
 */
export function mergeSightings(sightings: readonly Sighting[]): readonly Sighting[] {
  const merged: Sighting[] = [];
  const places = new Map<string, number[]>();
  for (const sighting of sightings.map(withoutBadLength)) {
    const keys = keysOf(sighting);
    const place = keys
      .flatMap((key) => places.get(key) ?? [])
      .find((index) => merged[index] !== undefined && !isOther(merged[index], sighting));
    const at = place ?? merged.length;
    merged[at] = { ...merged[at], ...sighting };
    for (const key of keys) {
      const known = places.get(key);
      if (known === undefined) places.set(key, [at]);
      else if (!known.includes(at)) known.push(at);
    }
  }
  return merged;
}

/** Some systems say -1 of a length that they do not know. A budget would take it for time that it gets back. */
function withoutBadLength(sighting: Sighting): Sighting {
  const { seconds, ...others } = sighting;
  return seconds === undefined || (Number.isFinite(seconds) && seconds >= 0) ? sighting : others;
}

function keysOf({ batchId, callId, phone }: Sighting): readonly string[] {
  return [
    ...(callId === undefined ? [] : [`call ${callId}`]),
    ...(batchId === undefined ? [] : [`batch ${batchId} ${digitsOf(phone)}`]),
  ];
}

/** Two calls: a provider may dial one number twice, and two recipients may share it. */
function isOther(one: Sighting, two: Sighting): boolean {
  return differs(one.callId, two.callId) || differs(one.batchId, two.batchId) || differs(one.reference, two.reference);
}

function differs(one: string | undefined, two: string | undefined): boolean {
  return one !== undefined && two !== undefined && one !== two;
}

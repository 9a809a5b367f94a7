import type { Place } from '../model/place.ts';

/** Where a field stands in the file, or the nearest field above it: a list's place for its items. `places` by dotted path. */
export function nearestPlace(path: readonly string[], places: Readonly<Record<string, Place>>): Place | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const place = places[path.slice(0, length).join('.')];
    if (place !== undefined) return place;
  }
  return undefined;
}

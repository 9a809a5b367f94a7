import type { CallZones } from './recipient.ts';

/** Where somebody may be called, as one text: hours are the same for those of one place. */
export function placeOf(known: CallZones): string {
  return known.from === 'nowhere' ? `(${known.why})` : known.zones.join(' ');
}

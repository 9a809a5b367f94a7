import type { CallZones, Recipient, ZonesOf } from '../model/recipient.ts';
import type { ZonesPlan } from '../report/plan-report.ts';

/** Counts in which zones people are, as they pass. */
export type ZoneTally = {
  readonly counting: (batches: AsyncIterable<readonly Recipient[]>) => AsyncIterable<readonly Recipient[]>;
  /** Zones, most common first; several of one entry where a number may be in any of them. */
  readonly places: () => readonly (readonly string[])[];
  /** How the zones of those are known who are not suppressed. */
  readonly plan: () => ZonesPlan;
};

/** Starts at nothing. */
export function zoneTally(zonesOf: ZonesOf): ZoneTally {
  const places = new Map<string, number>();
  const counts = { from_row: 0, from_number: 0, from_number_several: 0, toll_free: 0, unknown: 0 };
  const add = (recipient: Recipient): void => {
    const known = zonesOf(recipient);
    if (!recipient.suppressed) counts[confidenceIn(known)] += 1;
    if (known.from === 'nowhere') return;
    const place = known.zones.join(' ');
    places.set(place, (places.get(place) ?? 0) + 1);
  };
  return {
    counting: async function* counting(batches) {
      for await (const batch of batches) {
        batch.forEach(add);
        yield batch;
      }
    },
    places: () => [...places].toSorted(([, a], [, b]) => b - a).map(([place]) => place.split(' ')),
    plan: () => ({ ...counts }),
  };
}

function confidenceIn(known: CallZones): keyof ZonesPlan {
  if (known.from === 'nowhere') return known.why === 'toll_free' ? 'toll_free' : 'unknown';
  if (known.from === 'row') return 'from_row';
  return known.zones.length > 1 ? 'from_number_several' : 'from_number';
}

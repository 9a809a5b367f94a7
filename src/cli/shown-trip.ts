import type { Trip } from '../model/trip.ts';
import { maskText } from '../report/mask-values.ts';
import { tripWhy, type ShownTrip } from '../report/trip.ts';
import { isoTime } from './iso-time.ts';

/** Why a wave stopped itself, as data for outputs; an id may be the number itself. */
export function shownTrip(trip: Trip, { zone, show }: { readonly zone: string; readonly show: boolean }): ShownTrip {
  const calls = 'calls' in trip ? trip.calls : [];
  return {
    kind: trip.kind,
    why: tripWhy(trip),
    at: isoTime(trip.atMs, zone),
    calls: calls.map(({ key, phone, n, outcome }) => ({
      id: show ? key : maskText(key, [phone]),
      attempt: n,
      outcome,
    })),
  };
}

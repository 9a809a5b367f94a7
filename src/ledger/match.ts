import type { Attempt } from '../model/attempt.ts';
import type { Sighting } from '../model/sighting.ts';
import { clocksApartMs } from '../model/clocks-apart.ts';
import { isUnreadable, maybeSamePhone, phoneEnding } from '../model/same-phone.ts';

/** What a listing shows of one attempt. */
export type Match =
  /** `certain`: by reference or id; else by number and time alone. */
  | { readonly kind: 'present'; readonly sighting: Sighting; readonly certain: boolean }
  | { readonly kind: 'absent' }
  /** Several unbound calls could be it. */
  | { readonly kind: 'ambiguous' }
  /** Our references come back, yet an unbound call to the number has none: it may be somebody else's. */
  | { readonly kind: 'foreign' };

/** Of all sightings those that can say something of these attempts. */
export function concerning(
  attempts: readonly Pick<Attempt, 'phone' | 'reference'>[],
  sightings: readonly Sighting[],
): readonly Sighting[] {
  const references = new Set(attempts.map(({ reference }) => reference));
  const endings = new Set(attempts.map(({ phone }) => phoneEnding(phone)));
  return sightings.filter(({ reference, phone }) =>
    reference === undefined ? isUnreadable(phone) || endings.has(phoneEnding(phone)) : references.has(reference),
  );
}

/**
 * Finds an attempt among (merged) sightings: by reference, then by call id, then by batch and phone; where the echo is unproven
 * also by phone and time among the calls that no other attempt is bound to.
 */
export function matchAttempt(
  attempt: Attempt,
  sightings: readonly Sighting[],
  context: {
    readonly echo: boolean;
    /** The reference of the attempt that the ledger binds a sighting to, if any. */
    readonly boundTo: (sighting: Sighting) => string | undefined;
  },
): Match {
  const known = sightings.find((sighting) => isCertain(attempt, sighting));
  if (known !== undefined) return { kind: 'present', sighting: known, certain: true };
  const candidates = sightings.filter((sighting) => isCandidate(attempt, sighting, context.boundTo));
  const [first] = candidates;
  if (first === undefined) return { kind: 'absent' };
  if (context.echo) return { kind: 'foreign' };
  return candidates.length === 1 ? { kind: 'present', sighting: first, certain: false } : { kind: 'ambiguous' };
}

function isCertain(attempt: Attempt, sighting: Sighting): boolean {
  if (sighting.reference !== undefined) return sighting.reference === attempt.reference;
  const { state } = attempt;
  if (state.kind !== 'accepted') return false;
  const { callId, batchId } = state.handle;
  if (callId !== undefined && sighting.callId !== undefined) return callId === sighting.callId;
  if (batchId === undefined || batchId !== sighting.batchId) return false;
  return !isUnreadable(sighting.phone) && maybeSamePhone(sighting.phone, attempt.phone);
}

function isCandidate(
  attempt: Attempt,
  sighting: Sighting,
  boundTo: (sighting: Sighting) => string | undefined,
): boolean {
  if (sighting.reference !== undefined) return false;
  if (!maybeSamePhone(sighting.phone, attempt.phone)) return false;
  if (sighting.createdMs !== undefined && sighting.createdMs < attempt.intentMs - clocksApartMs) {
    return false;
  }
  const bound = boundTo(sighting);
  return bound === undefined || bound === attempt.reference;
}

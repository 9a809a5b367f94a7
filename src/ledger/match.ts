import type { Attempt, Sighting } from '../model/attempt.ts';

/** What a listing shows of one attempt. */
export type Match =
  /** `certain`: by reference or id; else by number and time alone. */
  | { readonly kind: 'present'; readonly sighting: Sighting; readonly certain: boolean }
  | { readonly kind: 'absent' }
  /** Several unbound calls could be it. */
  | { readonly kind: 'ambiguous' }
  /** Our references come back, yet an unbound call to the number has none: it may be somebody else's. */
  | { readonly kind: 'foreign' };

/** The provider's clock may be off by so much; more stops the run. */
const clockToleranceMs = 5 * 60_000;

/** Digits of a phone number: providers differ about the plus. */
export function digitsOf(phone: string): string {
  return phone.replaceAll(/\D/g, '');
}

/**
 * One call often shows twice: in a batch listing that has the reference and in a call listing that has the status.
 * Signs of one batch and number become one; what any of them knows, it knows.
 */
export function mergeSightings(sightings: readonly Sighting[]): readonly Sighting[] {
  const merged = new Map<string, Sighting>();
  const loose: Sighting[] = [];
  for (const sighting of sightings) {
    if (sighting.batchId === undefined) {
      loose.push(sighting);
      continue;
    }
    const key = `${sighting.batchId} ${digitsOf(sighting.phone)}`;
    const known = merged.get(key);
    merged.set(key, known === undefined ? sighting : { ...known, ...sighting });
  }
  return [...merged.values(), ...loose];
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
  return batchId !== undefined && batchId === sighting.batchId && digitsOf(sighting.phone) === digitsOf(attempt.phone);
}

function isCandidate(
  attempt: Attempt,
  sighting: Sighting,
  boundTo: (sighting: Sighting) => string | undefined,
): boolean {
  if (sighting.reference !== undefined) return false;
  if (digitsOf(sighting.phone) !== digitsOf(attempt.phone)) return false;
  if (sighting.createdMs !== undefined && sighting.createdMs < attempt.intentMs - clockToleranceMs) {
    return false;
  }
  const bound = boundTo(sighting);
  return bound === undefined || bound === attempt.reference;
}

import type { Candidate, SkipReason, Wait } from '../model/attempt.ts';
import type { Execution } from '../model/campaign.ts';
import { nextOpening } from './window.ts';

/** The gates of design 6.3 for one candidate, failing closed. */
export type Gate =
  | { readonly kind: 'open' }
  | { readonly kind: 'wait'; readonly untilMs: number; readonly why: Wait }
  | { readonly kind: 'skip'; readonly reason: SkipReason };

export type Gates = Pick<Execution, 'windows' | 'perPerson'> & {
  readonly isSuppressed: (candidate: Candidate) => boolean;
};

/** A phone with an open attempt is looked at again after so long. */
const busyPhoneMs = 5_000;

/**
 * @param nowMs wall clock
 * @param scheduledMs when the provider is to dial, if not at once: no waiting opens what is closed then
 */
export function gate(candidate: Candidate, gates: Gates, nowMs: number, scheduledMs: number = nowMs): Gate {
  if (gates.isSuppressed(candidate)) return { kind: 'skip', reason: 'suppressed' };
  if (candidate.optedOut) return { kind: 'skip', reason: 'opted_out' };
  if (scheduledMs > nowMs) return gateScheduled(candidate, gates, nowMs, scheduledMs);
  const { notAfterMs } = candidate;
  if (notAfterMs !== undefined && nowMs > notAfterMs) return { kind: 'skip', reason: 'not_after' };
  const waits = [
    waitForTime(candidate, nowMs),
    waitForPerson(candidate, gates, nowMs),
    waitForPhone(candidate, nowMs),
  ].filter((wait) => wait !== undefined);
  const [longest] = waits.toSorted((a, b) => b.untilMs - a.untilMs);
  return throughWindow(candidate, gates, longest, nowMs);
}

function gateScheduled(candidate: Candidate, gates: Gates, nowMs: number, scheduledMs: number): Gate {
  const { notBeforeMs, notAfterMs } = candidate;
  if (notAfterMs !== undefined && scheduledMs > notAfterMs) return { kind: 'skip', reason: 'not_after' };
  if (notBeforeMs !== undefined && scheduledMs < notBeforeMs) return { kind: 'skip', reason: 'not_before' };
  const opensMs = openingFor(candidate, gates, scheduledMs);
  if (opensMs === 'zone_unknown') return { kind: 'skip', reason: 'zone_unknown' };
  if (opensMs !== scheduledMs) return { kind: 'skip', reason: 'no_window' };
  return waitForPerson(candidate, gates, nowMs) ?? waitForPhone(candidate, nowMs) ?? { kind: 'open' };
}

type Waiting = Gate & { readonly kind: 'wait' };

/** A window must be open when the other waits are over, and before `not_after`. */
function throughWindow(candidate: Candidate, gates: Gates, wait: Waiting | undefined, nowMs: number): Gate {
  const fromMs = wait?.untilMs ?? nowMs;
  const opensMs = openingFor(candidate, gates, fromMs);
  if (opensMs === 'zone_unknown') return { kind: 'skip', reason: 'zone_unknown' };
  if (opensMs === undefined) return { kind: 'skip', reason: 'no_window' };
  const { notAfterMs } = candidate;
  if (notAfterMs !== undefined && opensMs > notAfterMs) return { kind: 'skip', reason: 'not_after' };
  if (opensMs > fromMs) return { kind: 'wait', untilMs: opensMs, why: 'window' };
  return wait ?? { kind: 'open' };
}

function openingFor(candidate: Candidate, gates: Gates, fromMs: number): number | 'zone_unknown' | undefined {
  if (gates.windows === 'always') return fromMs;
  return candidate.zone === undefined ? 'zone_unknown' : nextOpening(gates.windows, candidate.zone, fromMs);
}

function waitForTime(candidate: Candidate, nowMs: number): Waiting | undefined {
  const { notBeforeMs } = candidate;
  if (notBeforeMs === undefined || notBeforeMs <= nowMs) return undefined;
  return { kind: 'wait', untilMs: notBeforeMs, why: 'not_before' };
}

function waitForPerson(candidate: Candidate, gates: Gates, nowMs: number): Waiting | undefined {
  const { perPerson } = gates;
  if (perPerson === undefined) return undefined;
  const counted = candidate.personCallsMs.filter((start) => start > nowMs - perPerson.perMs);
  const oldest = counted[perPerson.calls - 1];
  if (oldest === undefined) return undefined;
  return { kind: 'wait', untilMs: oldest + perPerson.perMs, why: 'person' };
}

function waitForPhone(candidate: Candidate, nowMs: number): Waiting | undefined {
  return candidate.phoneBusy ? { kind: 'wait', untilMs: nowMs + busyPhoneMs, why: 'phone_busy' } : undefined;
}

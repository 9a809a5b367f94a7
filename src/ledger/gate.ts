import type { WallMs } from '../model/time.ts';
import type { Candidate } from '../model/candidate.ts';
import type { SkipReason, Wait } from '../model/standing.ts';
import type { Execution } from '../model/execution.ts';
import { capsOf } from '../model/caps.ts';
import { isAnyTime, type Hours } from '../model/hours.ts';
import type { ZonesOf } from '../model/recipient.ts';
import { anotherTime } from './another-time.ts';
import { earliestOf, latestOf, type Limits } from './span.ts';

/** The gates of design 6.3 for one candidate, failing closed. */
export type Gate =
  | { readonly kind: 'open' }
  | { readonly kind: 'wait'; readonly untilMs: number; readonly why: Wait }
  | { readonly kind: 'skip'; readonly reason: SkipReason };

/** All that may hold a call back, or rule it out. */
export type Gates = Hours &
  Limits &
  Pick<Execution, 'perPerson' | 'onlyPhones'> & {
    readonly attempts?: Partial<Pick<Execution['attempts'], 'anotherTimeMs' | 'max'>>;
    readonly zonesOf: ZonesOf;
    /** nextOpening in these hours, remembered over an admission. */
    readonly openingAfter: (zones: readonly string[], fromMs: number) => number | undefined;
    readonly isSuppressed: (candidate: Candidate) => boolean;
  };

/** A phone with an open attempt is looked at again after so long. */
const busyPhoneMs = 5_000;

/**
 * @param scheduledMs when the provider is to dial, if not at once: no waiting opens what is closed then, nor does its passing
 */
export function gate(candidate: Candidate, gates: Gates, nowMs: WallMs, scheduledMs?: WallMs): Gate {
  if (gates.isSuppressed(candidate)) return { kind: 'skip', reason: 'suppressed' };
  if (candidate.optedOut) return { kind: 'skip', reason: 'opted_out' };
  if (gates.onlyPhones?.includes(candidate.phone) === false) return { kind: 'skip', reason: 'only_phones' };
  // The file may have said more of them when the last one ended.
  if (candidate.n > (gates.attempts?.max ?? candidate.n)) return { kind: 'skip', reason: 'attempts' };
  const latest = latestOf(gates, candidate, candidate.enrolledMs);
  if (nowMs > latest.atMs) return { kind: 'skip', reason: latest.why };
  const isAhead = scheduledMs !== undefined && scheduledMs > nowMs;
  const closed = isAhead || candidate.n === 1 ? closedAt(candidate, gates, scheduledMs) : undefined;
  if (closed !== undefined) return closed;
  if (isAhead) return gateScheduled(candidate, gates, nowMs, scheduledMs);
  const waits = [
    waitForTime(candidate, gates, nowMs),
    waitForPerson(candidate, gates, nowMs),
    waitForPhone(candidate, nowMs),
  ].filter((wait) => wait !== undefined);
  const [longest] = waits.toSorted((a, b) => b.untilMs - a.untilMs);
  return throughWindow(candidate, gates, longest, nowMs);
}

/**
 * Whether a wait is that of everybody for whom the same zones must be open: nothing makes it so that is this candidate's own, or
 * that others of the campaign may be treated apart by.
 */
export function isShared(judged: Gate, candidate: Candidate, gates: Gates, nowMs: number): boolean {
  if (judged.kind !== 'wait' || gates.onlyPhones !== undefined) return false;
  if (judged.why !== 'window' && judged.why !== 'start_at') return false;
  const { notBeforeMs = nowMs, earlierMs, personCallsMs, phoneBusy, n } = candidate;
  return (
    notBeforeMs <= nowMs && n === 1 && !phoneBusy && [earlierMs, ...personCallsMs].every(({ length }) => length === 0)
  );
}

/** Why nobody may be called at a fixed instant; undefined: they may, or there is none. */
function closedAt(candidate: Candidate, gates: Gates, atMs: number | undefined): Gate | undefined {
  if (atMs === undefined) return undefined;
  const latest = latestOf(gates, candidate, candidate.enrolledMs);
  if (atMs > latest.atMs) return { kind: 'skip', reason: latest.why };
  const earliest = earliestOf(gates, candidate);
  if (atMs < earliest.atMs) return { kind: 'skip', reason: earliest.why };
  const opening = openingFor(candidate, gates, atMs);
  if (opening.kind === 'skip') return opening;
  return opening.atMs === atMs ? undefined : { kind: 'skip', reason: 'no_window' };
}

function gateScheduled(candidate: Candidate, gates: Gates, nowMs: number, scheduledMs: number): Gate {
  const apart = apartFrom(candidate, gates, { fromMs: scheduledMs, untilMs: scheduledMs });
  if (apart === undefined) return { kind: 'skip', reason: 'no_window' };
  return waitForPerson(candidate, gates, nowMs) ?? waitForPhone(candidate, nowMs) ?? { kind: 'open' };
}

type Waiting = Gate & { readonly kind: 'wait' };

/** A window must be open when the other waits are over, and before the last instant. */
function throughWindow(candidate: Candidate, gates: Gates, wait: Waiting | undefined, nowMs: number): Gate {
  const fromMs = wait?.untilMs ?? nowMs;
  const opening = openingFor(candidate, gates, fromMs);
  if (opening.kind === 'skip') return opening;
  const latest = latestOf(gates, candidate, candidate.enrolledMs);
  if (opening.atMs > latest.atMs) return { kind: 'skip', reason: latest.why };
  const untilMs = apartFrom(candidate, gates, { fromMs: opening.atMs, untilMs: latest.atMs });
  if (untilMs === undefined) return { kind: 'skip', reason: neverApart(candidate, gates, opening.atMs) ?? latest.why };
  if (untilMs > opening.atMs) return { kind: 'wait', untilMs, why: 'time_of_day' };
  if (opening.atMs > fromMs) return { kind: 'wait', untilMs: opening.atMs, why: 'window' };
  return wait ?? { kind: 'open' };
}

type Span = { readonly fromMs: number; readonly untilMs: number };

/** When a retry may be made, as far as the time of day goes: within the span, or never. */
function apartFrom(candidate: Candidate, gates: Gates, span: Span): number | undefined {
  const apartMs = gates.attempts?.anotherTimeMs;
  const { earlierMs } = candidate;
  if (apartMs === undefined || earlierMs.length === 0) return span.fromMs;
  const known = gates.zonesOf(candidate);
  const zones = known.from === 'nowhere' ? [] : known.zones;
  return anotherTime(gates, { zones, earlierMs, apartMs, ...span });
}

function neverApart(candidate: Candidate, gates: Gates, fromMs: number): 'no_window' | undefined {
  return apartFrom(candidate, gates, { fromMs, untilMs: Infinity }) === undefined ? 'no_window' : undefined;
}

type Opening = { readonly kind: 'opens'; readonly atMs: number } | (Gate & { readonly kind: 'skip' });

function openingFor(candidate: Candidate, gates: Gates, fromMs: number): Opening {
  if (isAnyTime(gates)) return { kind: 'opens', atMs: fromMs };
  const known = gates.zonesOf(candidate);
  if (known.from === 'nowhere') return { kind: 'skip', reason: known.why };
  const atMs = gates.openingAfter(known.zones, fromMs);
  return atMs === undefined ? { kind: 'skip', reason: 'no_window' } : { kind: 'opens', atMs };
}

function waitForTime(candidate: Candidate, gates: Gates, nowMs: number): Waiting | undefined {
  const { atMs, why } = earliestOf(gates, candidate);
  return atMs <= nowMs ? undefined : { kind: 'wait', untilMs: atMs, why };
}

function waitForPerson(candidate: Candidate, gates: Gates, nowMs: number): Waiting | undefined {
  const freeAgainMs = capsOf(gates).flatMap(({ calls, perMs }, index) => {
    const counted = (candidate.personCallsMs[index] ?? []).filter((startMs) => startMs > nowMs - perMs);
    const oldestMs = counted[calls - 1];
    return oldestMs === undefined ? [] : [oldestMs + perMs];
  });
  return freeAgainMs.length === 0 ? undefined : { kind: 'wait', untilMs: Math.max(...freeAgainMs), why: 'person' };
}

function waitForPhone(candidate: Candidate, nowMs: number): Waiting | undefined {
  return candidate.phoneBusy ? { kind: 'wait', untilMs: nowMs + busyPhoneMs, why: 'phone_busy' } : undefined;
}

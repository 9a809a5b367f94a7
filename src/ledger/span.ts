/** The instants between which a recipient may be called, whatever the time of day. */
import type { SkipReason } from '../model/standing.ts';
import type { Execution } from '../model/execution.ts';

/** What the campaign says for everybody. */
export type Limits = Pick<Execution, 'startAtMs' | 'endAtMs' | 'expireAfterMs'>;

type Timed = { readonly notBeforeMs?: number; readonly notAfterMs?: number };

type Bound<Why extends SkipReason> = { readonly atMs: number; readonly why: Why };

/** The first instant, and what sets it. */
export function earliestOf({ startAtMs }: Limits, { notBeforeMs }: Timed): Bound<'not_before' | 'start_at'> {
  const own = { atMs: notBeforeMs ?? Number.NEGATIVE_INFINITY, why: 'not_before' } as const;
  return startAtMs !== undefined && startAtMs > own.atMs ? { atMs: startAtMs, why: 'start_at' } : own;
}

/** The last instant, and what sets it. @param enrolledMs when they entered the wave */
export function latestOf(
  { endAtMs, expireAfterMs }: Limits,
  { notAfterMs }: Timed,
  enrolledMs: number,
): Bound<'not_after' | 'end_at' | 'expired'> {
  const own = { atMs: notAfterMs ?? Number.POSITIVE_INFINITY, why: 'not_after' } as const;
  const first = endAtMs !== undefined && endAtMs < own.atMs ? ({ atMs: endAtMs, why: 'end_at' } as const) : own;
  const expiresMs = expireAfterMs === undefined ? first.atMs : enrolledMs + expireAfterMs;
  return expiresMs < first.atMs ? { atMs: expiresMs, why: 'expired' } : first;
}

/** The instants between which a recipient may be called, whatever the time of day. */
import type { SkipReason } from '../model/standing.ts';
import type { Execution } from '../model/execution.ts';

/** What the campaign says for everybody. */
export type Limits = Pick<Execution, 'startAtMs' | 'endAtMs' | 'expireAfterMs'>;

type Timed = { readonly notBeforeMs?: number; readonly notAfterMs?: number; readonly enrolledMs: number };

type Bound<Why extends SkipReason> = { readonly atMs: number; readonly why: Why };

/** The first instant, and what sets it. */
export function earliestOf({ startAtMs }: Limits, { notBeforeMs }: Timed): Bound<'not_before' | 'start_at'> {
  const own = { atMs: notBeforeMs ?? Number.NEGATIVE_INFINITY, why: 'not_before' } as const;
  return startAtMs !== undefined && startAtMs > own.atMs ? { atMs: startAtMs, why: 'start_at' } : own;
}

/** The last instant, and what sets it. */
export function latestOf(
  { endAtMs, expireAfterMs }: Limits,
  { notAfterMs, enrolledMs }: Timed,
): Bound<'not_after' | 'end_at' | 'expired'> {
  const never = Number.POSITIVE_INFINITY;
  const bounds = [
    { atMs: notAfterMs ?? never, why: 'not_after' },
    { atMs: endAtMs ?? never, why: 'end_at' },
    { atMs: expireAfterMs === undefined ? never : enrolledMs + expireAfterMs, why: 'expired' },
  ] as const;
  return bounds.reduce((first, bound) => (bound.atMs < first.atMs ? bound : first));
}

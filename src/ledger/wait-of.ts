import type { Wait } from '../model/standing.ts';
import type { Hours } from '../model/hours.ts';
import { nextOpening } from './window.ts';

/** What keeps a pending recipient waiting, for people; `untilMs` undefined: nothing but the next run. */
export type Waiting = { readonly why: Wait; readonly untilMs?: number };

type Pending = { readonly why: Wait; readonly zone?: string; readonly dueMs: number };

/** What a passed time leaves nothing of: they are to be called, as if they were new. */
const over: readonly Wait[] = ['window', 'not_before', 'start_at', 'time_of_day', 'person'];

/**
 * Why a pending recipient waits now: what the ledger says of it, but that a window of the file may be closed when it is due.
 * The gates that the run asks besides are not asked here.
 */
export function waitOf({ why, zone, dueMs }: Pending, hours: Hours, nowMs: number): Waiting {
  const fromMs = Math.max(dueMs, nowMs);
  const opensMs = zone === undefined ? fromMs : (nextOpening(hours, [zone], fromMs) ?? fromMs);
  if (opensMs > fromMs) return { why: 'window', untilMs: opensMs };
  if (dueMs > nowMs) return { why, untilMs: dueMs };
  return { why: over.includes(why) ? 'new' : why };
}

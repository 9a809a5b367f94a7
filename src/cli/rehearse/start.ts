import type { OpenRecipients } from '../../input/load-recipients.ts';
import { validOf } from '../run/valid-of.ts';

const dayMs = 86_400_000;

/**
 * When a rehearsal begins if nobody says it: now; but a day before the first `not_after` where all of them are over, as
 * a rehearsal of nobody shows nothing.
 */
export async function startOf(
  list: OpenRecipients,
  nowMs: number,
): Promise<{ readonly startMs: number; readonly isPast: boolean }> {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for await (const batch of validOf(list)) {
    for (const { notAfterMs } of batch) {
      first = Math.min(first, notAfterMs ?? Number.POSITIVE_INFINITY);
      last = Math.max(last, notAfterMs ?? Number.POSITIVE_INFINITY);
    }
  }
  const isPast = last < nowMs && Number.isFinite(last);
  return { startMs: isPast ? first - dayMs : nowMs, isPast };
}

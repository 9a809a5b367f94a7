import type { SkipReason } from '../model/attempt.ts';
import type { Execution } from '../model/campaign.ts';
import type { Recipient } from '../model/recipient.ts';
import { remember } from '../model/remember.ts';
import { nextOpening } from './window.ts';

type Timed = Pick<Recipient, 'zone' | 'notBeforeMs' | 'notAfterMs'>;

/**
 * Tells why a recipient who was not called yet certainly will not be: what the gates say now, they say ever after. Other
 * gates may still keep somebody from being called.
 * @param nowMs wall clock
 */
export function certainSkip(
  { windows }: Pick<Execution, 'windows'>,
  nowMs: number,
): (recipient: Timed) => SkipReason | undefined {
  const openingAfter = remember((fromMs, zone) => nextOpening(windows, zone, Number(fromMs)));
  return ({ zone, notBeforeMs = nowMs, notAfterMs = Number.POSITIVE_INFINITY }) => {
    if (nowMs > notAfterMs) return 'not_after';
    const fromMs = Math.max(nowMs, notBeforeMs);
    if (windows === 'always') return fromMs > notAfterMs ? 'not_after' : undefined;
    if (zone === undefined) return 'zone_unknown';
    const opensMs = openingAfter(String(fromMs), zone);
    if (opensMs === undefined) return 'no_window';
    return opensMs > notAfterMs ? 'not_after' : undefined;
  };
}

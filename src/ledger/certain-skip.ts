import type { SkipReason } from '../model/attempt.ts';
import type { Execution } from '../model/campaign.ts';
import type { Recipient } from '../model/recipient.ts';
import type { Fields } from '../model/value.ts';
import { remember } from '../model/remember.ts';
import { isOpen, nextOpening } from './window.ts';

type Timed = Pick<Recipient, 'zone' | 'notBeforeMs' | 'notAfterMs'> & Partial<Pick<Recipient, 'call'>>;

/**
 * Tells why a recipient who was not called yet certainly will not be: what the gates say now, they say ever after. Other
 * gates may still keep somebody from being called.
 * @param nowMs wall clock
 * @param scheduledMs when the provider is to dial, by rendered options
 */
export function certainSkip(
  { windows }: Pick<Execution, 'windows'>,
  nowMs: number,
  scheduledMs: (call: Fields) => number | undefined = () => undefined,
): (recipient: Timed) => SkipReason | undefined {
  const openingAfter = remember((fromMs, zone) => nextOpening(windows, zone, Number(fromMs)));
  return ({ zone, call = {}, notBeforeMs = nowMs, notAfterMs = Number.POSITIVE_INFINITY }) => {
    const atMs = scheduledMs(call) ?? nowMs;
    if (Math.max(nowMs, atMs) > notAfterMs) return 'not_after';
    if (atMs > nowMs) return skipAt(atMs, { zone, notBeforeMs });
    const fromMs = Math.max(nowMs, notBeforeMs);
    if (windows === 'always') return fromMs > notAfterMs ? 'not_after' : undefined;
    if (zone === undefined) return 'zone_unknown';
    const opensMs = openingAfter(String(fromMs), zone);
    if (opensMs === undefined) return 'no_window';
    return opensMs > notAfterMs ? 'not_after' : undefined;
  };

  /** No waiting opens what is closed at a fixed instant. */
  function skipAt(
    atMs: number,
    { zone, notBeforeMs }: { zone: string | undefined; notBeforeMs: number },
  ): SkipReason | undefined {
    if (atMs < notBeforeMs) return 'not_before';
    if (windows === 'always') return undefined;
    if (zone === undefined) return 'zone_unknown';
    return isOpen(windows, zone, atMs) ? undefined : 'no_window';
  }
}

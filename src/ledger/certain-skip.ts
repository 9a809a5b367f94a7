import type { SkipReason } from '../model/standing.ts';
import type { Execution } from '../model/execution.ts';
import { isAnyTime, type Hours } from '../model/hours.ts';
import type { Recipient, ZonesOf } from '../model/recipient.ts';
import type { Fields } from '../model/value.ts';
import { remember } from '../model/remember.ts';
import { earliestOf, latestOf, type Limits } from './span.ts';
import { isOpen, nextOpening } from './window.ts';

type Timed = Pick<Recipient, 'phone' | 'zone' | 'notBeforeMs' | 'notAfterMs'> & Partial<Pick<Recipient, 'call'>>;

/** @param enrolledMs when they entered the wave, if they have; else now */
type CertainSkip = (recipient: Timed, enrolledMs?: () => number | undefined) => SkipReason | undefined;

/**
 * Tells why a recipient who was not called yet certainly will not be: what the gates say now, they say ever after. Other
 * gates may still keep somebody from being called.
 * @param nowMs wall clock
 */
export function certainSkip(
  execution: Hours & Limits & Pick<Execution, 'onlyPhones'>,
  {
    nowMs,
    zonesOf,
    scheduledMs = () => undefined,
  }: {
    readonly nowMs: number;
    readonly zonesOf: ZonesOf;
    /** When the provider is to dial, by rendered options. */
    readonly scheduledMs?: (call: Fields) => number | undefined;
  },
): CertainSkip {
  const openingAfter = remember((fromMs, zones) => nextOpening(execution, zones.split(' '), Number(fromMs)));
  return (recipient, enrolledAt = () => undefined) => {
    if (execution.onlyPhones?.includes(recipient.phone) === false) return 'only_phones';
    const enrolledMs = execution.expireAfterMs === undefined ? nowMs : (enrolledAt() ?? nowMs);
    const earliest = earliestOf(execution, recipient);
    const latest = latestOf(execution, recipient, enrolledMs);
    const atMs = scheduledMs(recipient.call ?? {});
    if (Math.max(nowMs, atMs ?? nowMs) > latest.atMs) return latest.why;
    if (atMs !== undefined && atMs < earliest.atMs) return earliest.why;
    const fromMs = Math.max(nowMs, atMs ?? earliest.atMs);
    if (isAnyTime(execution)) return fromMs > latest.atMs ? latest.why : undefined;
    const known = zonesOf(recipient);
    if (known.from === 'nowhere') return known.why;
    // No waiting opens what is closed at a fixed instant, nor does its passing.
    if (atMs !== undefined && !isOpen(execution, known.zones, atMs)) return 'no_window';
    const opensMs = openingAfter(String(fromMs), known.zones.join(' '));
    if (opensMs === undefined) return 'no_window';
    return opensMs > latest.atMs ? latest.why : undefined;
  };
}

import type { E164 } from '../model/recipient.ts';
import { phoneNumber } from './dedupe.ts';
import { numberSet } from './number-set.ts';

/** Phone numbers in flat memory. */
export type PhoneSet = {
  readonly has: (phone: E164) => boolean;
  readonly add: (phone: E164) => void;
  readonly size: () => number;
};

/** An empty set. */
export function phoneSet(): PhoneSet {
  const table = numberSet();
  return {
    has: (phone) => table.has(phoneNumber(phone)),
    add: (phone) => void table.add(phoneNumber(phone)),
    size: table.size,
  };
}

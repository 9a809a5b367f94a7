/**
 * Rows compared with the rows before them, in flat memory: ids as 53-bit hashes, phones as doubles. The first row of
 * an id or a phone stands; what comes later is repeated (nothing wrong) or rejected.
 */
import type { RecipientsBlock } from '../model/recipients-block.ts';
import type { ReadRow, Recipient, RowReasonCode } from '../model/recipient.ts';
import { hashText } from './hash-text.ts';
import { numberSet } from './number-set.ts';
import { numberTable } from './number-table.ts';

/** Says what a recipient is beside those that came before: a new one, a repeated one, or one that clashes. */
export type Dedupe = (recipient: Recipient) => ReadRow;

/** Starts with an empty list. */
export function dedupe(samePhone: RecipientsBlock['samePhone']): Dedupe {
  const phoneOfKey = numberTable();
  const phones = numberSet();
  return (recipient) => {
    const phone = phoneNumber(recipient.phone);
    const earlier = phoneOfKey.put(hashText(recipient.key), phone);
    if (earlier === phone) return repeated(recipient);
    if (earlier !== undefined) return rejected(recipient, 'ROW_ID_TWO_PHONES');
    if (samePhone === 'call_each' || phones.add(phone)) return { kind: 'recipient', recipient };
    return samePhone === 'call_once' ? repeated(recipient) : rejected(recipient, 'ROW_SAME_PHONE');
  };
}

/** An E.164 number as a whole number: at most 15 digits, so a double holds it exactly. */
export function phoneNumber(phone: Recipient['phone']): number {
  return Number(phone.slice(1));
}

function repeated({ source }: Recipient): ReadRow {
  return { kind: 'repeated', place: source };
}

function rejected({ source, row }: Recipient, code: RowReasonCode): ReadRow {
  return { kind: 'rejected', rejected: { place: source, reason: { code }, row } };
}

/**
 * Numbers of calls that were found at the provider. A retry goes to the number of the call before it, so a row of that number
 * means whoever was called there. What a provider shows is not always a whole number: some write it as it is dialled within
 * a country, some mask it: then it is taken for the number of the recipient's row.
 */
import { digitsOf, isUnreadable } from '../../model/same-phone.ts';
import { passPhonesOn } from './attempt-columns.ts';
import type { Database } from './database.ts';
import { numberOf, textOf } from './row.ts';

/** No number begins with zero behind the plus: one that is not whole is kept so, until a row tells it. */
const wholeNumber = '+[1-9]*';

/** @param listed the recipient's number as far as the ledger knows it */
export function foundNumber(shown: string, listed?: string): string {
  const digits = digitsOf(shown);
  if (isWhole(shown)) return `+${digits.replace(/^00/, '')}`;
  return listed ?? `+0${digits}`;
}

/** Digits without a plus may lack the code of the country, and would be somebody's number with a plus before them. */
function isWhole(shown: string): boolean {
  return /^(?:\+|00)[1-9][\d ().-]*$/.test(shown) && !shown.includes('(0)') && !isUnreadable(shown);
}

/** The number of a recipient that a row names, which is `n` in the query. */
export const numberOfNamed: string = `iif(recipient.phone GLOB '${wholeNumber}', recipient.phone, n.phone)`;

/** Gives found calls that do not show their number whole that of the recipient, once a row names it; part of the merge. */
export function completeNumbers(database: Database): void {
  const rows = database.all(
    `SELECT a.id, a.phone AS shown, r.phone FROM kept k
     CROSS JOIN recipient r ON r.id = k.recipient_id CROSS JOIN attempt a ON a.recipient_id = r.id
     WHERE k.nameless = 1 AND a.phone NOT GLOB '${wholeNumber}'`,
  );
  for (const row of rows) {
    const [shown, phone] = [textOf(row, 'shown'), textOf(row, 'phone')];
    database.run('UPDATE attempt SET phone = ?, holds_phone = 0 WHERE id = ?', phone, numberOf(row, 'id'));
    passPhonesOn(database, [shown, phone]);
  }
}

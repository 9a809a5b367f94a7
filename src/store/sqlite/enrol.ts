/** How the rows of a file compare with a wave, and making the wave match them. */
import { countNew } from '../../model/count-new.ts';
import type { Recipient } from '../../model/recipient.ts';
import type { Comparison, EnrolOptions } from '../contract/enrolment.ts';
import type { Scope } from '../contract/lease.ts';
import type { Database } from './database.ts';
import { writeUnder } from './fence.ts';
import { keepList } from './known-list.ts';
import { matchList } from './match-list.ts';
import { mergeList } from './merge-list.ts';
import { isAnybodyOptedOut, isOptedOut } from './opt-outs.ts';
import { skipRecalled } from './recalled.ts';
import { stage } from './stage.ts';
import { skipPending, stopOf } from './stops.ts';

type Rows = AsyncIterable<readonly Recipient[]>;

/** @param waveId undefined: no such wave yet */
export async function compare(
  database: Database,
  waveId: number | undefined,
  rows: Rows,
  { callEach, tagOf, certainSkip: known, placeOf }: EnrolOptions,
): Promise<Comparison> {
  const certainSkip = skipOf(database, known);
  if (waveId === undefined)
    return { ...(await countNew(rows, certainSkip)), called: 0, changed: 0, pending: 0, removed: 0 };
  return apart(database, { readOnly: true }, async (own) => {
    await stage(own, rows, { waveId, tagOf, inputs: false, certainSkip, placeOf });
    return own.read(() => matchList(own, waveId, callEach));
  });
}

/** Makes the wave match the list, in one transaction, and says how they compared before. */
export async function enrol(
  database: Database,
  scope: Scope,
  rows: Rows,
  { callEach, tagOf, certainSkip: known, placeOf, nowMs }: EnrolOptions & { readonly nowMs: number },
): Promise<Comparison> {
  const { address, waveId } = scope;
  const certainSkip = skipOf(database, known);
  return apart(database, { readOnly: false }, async (own) => {
    await stage(own, rows, { waveId, tagOf, inputs: true, certainSkip, placeOf });
    return writeUnder(own, scope, () => {
      const comparison = matchList(own, waveId, callEach);
      mergeList(own, waveId, nowMs);
      skipRecalled(own, waveId, callEach);
      keepList(own, waveId, comparison);
      if (stopOf(own, waveId)?.kind === 'cancelled') skipPending(own, waveId);
      // It may have taken so long that a contender saw the heartbeat stand still: it was alive.
      own.run('UPDATE lease SET beat = beat + 1 WHERE address = ?', address);
      return comparison;
    });
  });
}

/** Who opted out is not called either. Who does so while the list is read is told by admission, which asks for everybody. */
function skipOf(
  database: Database,
  certainSkip: EnrolOptions['certainSkip'],
): NonNullable<EnrolOptions['certainSkip']> {
  const isAsked = isAnybodyOptedOut(database);
  return (recipient, enrolledMs) =>
    isAsked && isOptedOut(database, recipient.phone) ? 'opted_out' : certainSkip?.(recipient, enrolledMs);
}

/** A connection of its own: closing it frees its cache and its temporary file. */
async function apart<T>(
  database: Database,
  options: { readonly readOnly: boolean },
  work: (own: Database) => Promise<T>,
): Promise<T> {
  const own = database.beside(options);
  try {
    return await work(own);
  } finally {
    own.close();
  }
}

/** How an attempt's state is laid out in columns, for the queries; the state itself is kept as JSON. */
import type { AttemptEvent, AttemptState, Handle, Outcome } from '../../model/attempt.ts';
import type { Database } from './database.ts';
import { numberOf } from './row.ts';

/** Open attempts hold their phone: no other may be begun for it, in any campaign of the store. */
export function isOpen(state: AttemptState): boolean {
  return state.kind === 'intent' || state.kind === 'accepted' || state.kind === 'in_doubt';
}

/** The columns of a state; undefined is NULL. */
export type StateColumns = {
  readonly detail: string;
  readonly sinceMs: number | undefined;
  readonly endedMs: number | undefined;
  readonly batchId: string | undefined;
  readonly callId: string | undefined;
  readonly outcome: Outcome | undefined;
  readonly seconds: number | undefined;
};

/** @param atMs when the state was entered, as far as it is a final one: by the wall clock */
export function columnsOf(state: AttemptState, atMs: number): StateColumns {
  const handle = handleOf(state);
  return {
    detail: JSON.stringify(state),
    sinceMs: 'sinceMs' in state ? state.sinceMs : undefined,
    endedMs: isOpen(state) ? undefined : atMs,
    batchId: handle?.batchId,
    callId: handle?.callId,
    outcome: outcomeOf(state),
    seconds: state.kind === 'ended' ? state.seconds : undefined,
  };
}

/** What the provider knows the call by, as far as it said. */
export function handleOf(state: AttemptState): Handle | undefined {
  return 'handle' in state ? state.handle : undefined;
}

/** The seq of an event is the version that it made. */
export function addEvent(
  database: Database,
  attemptId: number,
  seq: number,
  { event, atMs }: { readonly event: AttemptEvent; readonly atMs: number },
): void {
  database.run(
    'INSERT INTO event (attempt_id, seq, at_ms, kind, detail) VALUES (?, ?, ?, ?, ?)',
    attemptId,
    seq,
    atMs,
    event.kind,
    JSON.stringify(event),
  );
}

/** An attempt for this phone is open, in any campaign of the store. */
export function isPhoneBusy(database: Database, phone: string): boolean {
  return database.get('SELECT 1 FROM attempt WHERE phone = ? AND holds_phone = 1', phone) !== undefined;
}

/**
 * Calls found at the provider may be open beside another for the same phone. Only one of them holds it; when that one ends
 * the next takes its place, so that a phone is free only once none is open.
 */
export function passPhonesOn(database: Database, phones: readonly string[]): void {
  if (phones.length === 0) return;
  const next = database.all(
    `SELECT (
       SELECT min(a.id) FROM attempt a INDEXED BY attempt_phone
       WHERE a.phone = freed.value AND a.state IN ('intent', 'accepted', 'in_doubt')) AS next
     FROM json_each(?) freed WHERE next IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM attempt a WHERE a.phone = freed.value AND a.holds_phone = 1)`,
    JSON.stringify(phones),
  );
  for (const row of next) database.run('UPDATE attempt SET holds_phone = 1 WHERE id = ?', numberOf(row, 'next'));
}

/** What the attempts of a recipient add up to, as a part of an UPDATE of its row. */
export const sums = `(attempts, seconds) = (
  SELECT count(*), coalesce(sum(a.seconds), 0) FROM attempt a WHERE a.recipient_id = recipient.id AND a.state <> 'voided')`;

/** Writes into the recipient's row what its attempts add up to. */
export function sumAttempts(database: Database, recipientId: number): void {
  database.run(`UPDATE recipient SET ${sums} WHERE id = ?`, recipientId);
}

/** No attempt of the recipient has a higher number: this one says where the recipient stands. */
export function isLatest(database: Database, recipientId: number, n: number): boolean {
  const row = database.get('SELECT max(n) AS n FROM attempt WHERE recipient_id = ?', recipientId);
  return row === undefined || row['n'] === null || numberOf(row, 'n') <= n;
}

function outcomeOf(state: AttemptState): Outcome | undefined {
  if (state.kind === 'ended') return state.outcome;
  return state.kind === 'rejected' ? 'rejected' : undefined;
}

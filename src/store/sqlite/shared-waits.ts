/**
 * Waits that many share: where a window is closed, it is so for everybody of the place. They are written at once, so that those
 * whose window is open are soon reached.
 */
import type { Wait } from '../../model/standing.ts';
import type { Scope } from '../contract/lease.ts';
import type { Database } from './database.ts';
import { isOptedOutInQuery } from './opt-outs.ts';
import { planned } from './planned.ts';
import { numberOf, textIn } from './row.ts';
import type { Row } from './row.ts';

/** Looked at in one transaction: answers must not wait. */
const atOnce = 20_000;

/** Where the order of due recipients was left. */
export type Reached = { readonly dueMs: number; readonly position: number; readonly id: number };

/** What those have in common who wait alike. */
type Group = {
  readonly place: string;
  readonly callDigest: string;
  /** Who came into the wave later expires later. */
  readonly enrolledMs: number;
  readonly untilMs: number;
  readonly why: Wait;
};

/** Learns the groups from those who were asked about, within one admission. */
export class SharedWaits {
  readonly #groups: Map<string, Group> = new Map();

  get isEmpty(): boolean {
    return this.#groups.size === 0;
  }

  /** The candidate of this row waits as everybody does who is like it. */
  add(row: Row, { untilMs, why }: Pick<Group, 'untilMs' | 'why'>): void {
    const place = textIn(row, 'place');
    const callDigest = textIn(row, 'call_digest');
    if (place === undefined || callDigest === undefined) return;
    const name = `${place} ${callDigest}`;
    const enrolledMs = Math.min(numberOf(row, 'enrolled_ms'), this.#groups.get(name)?.enrolledMs ?? Infinity);
    this.#groups.set(name, { place, callDigest, enrolledMs, untilMs, why });
  }

  /** Writes the waits of the next ones of these groups, but for those who have anything of their own. */
  write(database: Database, scope: Scope, { nowMs, after }: { readonly nowMs: number; readonly after: Reached }): void {
    database.run(
      writeNext,
      JSON.stringify([...this.#groups.values()]),
      scope.waveId,
      nowMs,
      after.dueMs,
      after.position,
      after.id,
      atOnce,
    );
  }
}

const writeNext = `
  WITH shared AS MATERIALIZED (
    SELECT value ->> 'place' AS place, value ->> 'callDigest' AS call_digest, value ->> 'enrolledMs' AS enrolled_ms,
      value ->> 'untilMs' AS until_ms, value ->> 'why' AS why
    FROM json_each(?1)),
  next AS MATERIALIZED (
    SELECT * FROM recipient
    WHERE wave_id = ?2 AND state = 'pending' AND due_ms <= ?3 AND (due_ms, position, id) > (?4, ?5, ?6)
    ORDER BY due_ms, position, id LIMIT ${planned('?7')})
  UPDATE recipient SET due_ms = w.until_ms, why = w.why
  FROM (
    SELECT r.id, s.until_ms, s.why FROM next r
    JOIN shared s ON s.place = r.place AND s.call_digest = r.call_digest AND s.enrolled_ms <= r.enrolled_ms
    WHERE r.attempts = 0 AND coalesce(r.not_before_ms <= ?3, 1) AND coalesce(r.not_after_ms >= s.until_ms, 1)
      AND NOT ${isOptedOutInQuery}
      AND NOT EXISTS (SELECT 1 FROM attempt a INDEXED BY attempt_phone WHERE a.phone = r.phone)) w
  WHERE recipient.id = w.id`;

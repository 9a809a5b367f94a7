/** The tally of a wave, read and written in the transaction of what it counts. */
import type { AttemptChange, Tally } from '../../model/tally.ts';
import type { Trip } from '../../model/trip.ts';
import type { Tallying } from '../contract/admission.ts';
import type { Scope } from '../contract/lease.ts';
import type { Database } from './database.ts';
import { textIn } from './row.ts';
import { storedTally, storedTrip } from './stored.ts';
import { emptyTally } from '../../model/tally.ts';

/** Counts changes as they are written; `close` writes the sum. */
export class OpenTally {
  readonly #database: Database;
  readonly #scope: Scope;
  readonly #tallying: Tallying;
  tally: Tally;
  tripped: Trip | undefined;
  #newestMs: number | undefined;

  constructor(database: Database, scope: Scope, tallying: Tallying) {
    this.#database = database;
    this.#scope = scope;
    this.#tallying = tallying;
    const row = database.get('SELECT tally, tripped FROM wave WHERE id = ?', scope.waveId);
    this.tally = tallyIn(row === undefined ? undefined : textIn(row, 'tally'));
    const tripped = row === undefined ? undefined : textIn(row, 'tripped');
    this.tripped = tripped === undefined ? undefined : storedTrip(tripped);
  }

  /** @param atMs when it happened, engine time */
  count(change: AttemptChange, atMs: number): void {
    this.tally = this.#tallying.count(this.tally, change);
    this.tripped ??= this.#tallying.trip(this.tally);
    this.#newestMs = Math.max(this.#newestMs ?? atMs, atMs);
  }

  /** Judges the wave by what was counted earlier: the file may have other rules by now. */
  judge(): void {
    if (this.tripped !== undefined) return;
    this.tripped = this.#tallying.trip(this.tally);
    if (this.tripped === undefined) return;
    this.#database.run('UPDATE wave SET tripped = ? WHERE id = ?', JSON.stringify(this.tripped), this.#scope.waveId);
  }

  close(): void {
    if (this.#newestMs === undefined) return;
    this.#database.run(
      `UPDATE wave SET last_event_ms = max(coalesce(last_event_ms, ?1), ?1), tally = ?2, tripped = ?3 WHERE id = ?4`,
      this.#newestMs,
      JSON.stringify(this.tally),
      this.tripped === undefined ? undefined : JSON.stringify(this.tripped),
      this.#scope.waveId,
    );
  }
}

/** A wave that nobody counted yet has none. */
export function tallyIn(json: string | undefined): Tally {
  return json === undefined ? emptyTally : storedTally(json);
}

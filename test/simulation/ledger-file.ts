import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** A wave by its names. */
export type Of = { readonly address: string; readonly wave: string };

/** An attempt as the file of the store has it. */
export type Kept = {
  readonly reference: string;
  readonly wave: string;
  readonly state: string;
  readonly phone: string;
  readonly n: number;
  readonly key: string;
  readonly intentMs: number;
  readonly enrolledMs: number;
  readonly outcome: string | null;
};

/** A recipient as the file of the store has it. */
export type Listed = {
  readonly key: string | null;
  readonly phone: string;
  readonly state: string;
  readonly reason: string | null;
  readonly outcome: string | null;
  readonly attempts: number;
};

/** An attempt that is neither voided nor settled by a person's word; flags are 0 or 1. */
export type Since = {
  readonly n: number;
  readonly state: string;
  readonly outcome: string | null;
  readonly isMeantSince: number;
  readonly isEndedSince: number;
};

/** Looks into the store's file past the engine: what it shows is what a crash would leave. */
export class LedgerFile {
  readonly #path: string;
  #database: DatabaseSync | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** Undefined where the ledger has no such attempt. */
  attempt(reference: string): Kept | undefined {
    const [row] = this.#all(
      `SELECT a.reference, w.wave, a.state, a.phone, a.n, r.key, a.intent_ms AS intentMs, r.enrolled_ms AS enrolledMs, a.outcome
       FROM attempt a JOIN recipient r ON r.id = a.recipient_id JOIN wave w ON w.id = a.wave_id WHERE a.reference = ?`,
      reference,
    );
    return row as Kept | undefined;
  }

  /** Phones that two attempts of ours are open for; calls found at the provider are facts and do not count. */
  twiceOpen(): readonly string[] {
    const rows = this.#all(
      `SELECT phone FROM attempt a WHERE state IN ('intent', 'in_doubt', 'accepted')
       AND EXISTS (SELECT 1 FROM event e WHERE e.attempt_id = a.id AND e.kind = 'intended')
       GROUP BY phone HAVING count(*) > 1`,
    );
    return rows.map(({ phone }) => String(phone));
  }

  /** Phones that attempts are open for, found ones among them, of which not one holds it: another may begin beside them. */
  openUnheld(): readonly string[] {
    const rows = this.#all(
      `SELECT phone FROM attempt WHERE state IN ('intent', 'in_doubt', 'accepted') GROUP BY phone HAVING sum(holds_phone) <> 1`,
    );
    return rows.map(({ phone }) => String(phone));
  }

  /** Attempts of recipients that are said to have more or fewer of them. */
  miscounted(): readonly string[] {
    const rows = this.#all(
      `SELECT max(a.reference) AS reference FROM attempt a JOIN recipient r ON r.id = a.recipient_id
       GROUP BY r.id HAVING r.attempts <> count(*) FILTER (WHERE a.state <> 'voided')
         OR r.seconds <> coalesce(sum(a.seconds) FILTER (WHERE a.state <> 'voided'), 0)`,
    );
    return rows.map(({ reference }) => String(reference));
  }

  /** Every wave that it knows. */
  waves(): readonly Of[] {
    return this.#all('SELECT address, wave FROM wave') as unknown as readonly Of[];
  }

  /** Waves that call some of a campaign's wave again. */
  rerunsOf({ address, wave: parent }: Of): readonly Of[] {
    return this.waves().filter((of) => of.address === address && of.wave !== parent && !of.wave.startsWith('test:'));
  }

  /** Attempts of an address that hold a slot, but for test calls and calls that are older than `sinceMs`; none is older than its intent. */
  slots({ address }: Of, sinceMs: number): number {
    const [row] = this.#all(
      `SELECT count(*) AS n FROM attempt a JOIN wave w ON w.id = a.wave_id WHERE w.address = ? AND w.wave NOT LIKE 'test:%'
       AND (a.state IN ('intent', 'in_doubt') OR (a.state = 'accepted' AND max(a.since_ms, a.intent_ms) > ?))`,
      address,
      sinceMs,
    );
    return Number(row?.['n'] ?? 0);
  }

  /** Calls are open of other waves of the address, and none of this one. */
  followed({ address, wave }: Of): boolean {
    const waves = this.#all(
      `SELECT DISTINCT w.wave FROM attempt a JOIN wave w ON w.id = a.wave_id
       WHERE w.address = ? AND a.state IN ('intent', 'in_doubt', 'accepted')`,
      address,
    );
    return waves.length > 0 && waves.every((one) => one['wave'] !== wave);
  }

  /** Attempts of a wave that a person has to decide about; those found at the provider may have no key. */
  unresolved({ address, wave }: Of): readonly { readonly key: string | null; readonly reference: string }[] {
    return this.#all(
      `SELECT r.key, a.reference FROM attempt a JOIN recipient r ON r.id = a.recipient_id JOIN wave w ON w.id = a.wave_id
       WHERE w.address = ? AND w.wave = ? AND a.state = 'unresolved'`,
      address,
      wave,
    ) as unknown as readonly { readonly key: string | null; readonly reference: string }[];
  }

  /** The pid of the process that holds the address; undefined: nobody. */
  holder(address: string): number | undefined {
    const [row] = this.#all('SELECT holder FROM lease WHERE address = ?', address);
    const holder = row?.['holder'];
    return typeof holder === 'string' ? (JSON.parse(holder) as { readonly pid: number }).pid : undefined;
  }

  recipients({ address, wave }: Of): readonly Listed[] {
    return this.#all(
      `SELECT r.key, r.phone, r.state, r.reason, r.outcome, r.attempts FROM recipient r JOIN wave w ON w.id = r.wave_id
       WHERE w.address = ? AND w.wave = ? ORDER BY r.position`,
      address,
      wave,
    ) as unknown as readonly Listed[];
  }

  /** What stops a wave: by itself, or by a person's word. */
  stops({ address, wave }: Of): {
    readonly tripped?: { readonly kind: string; readonly atMs: number };
    readonly stopped?: { readonly kind: string; readonly atMs: number };
  } {
    const [row] = this.#all('SELECT tripped, stopped FROM wave WHERE address = ? AND wave = ?', address, wave);
    const { tripped, stopped } = row ?? {};
    return {
      ...(typeof tripped === 'string' ? { tripped: JSON.parse(tripped) } : {}),
      ...(typeof stopped === 'string' ? { stopped: JSON.parse(stopped) } : {}),
    };
  }

  /** How the first or all attempts of a wave ended that were meant or ended after an instant. */
  attemptsSince({ address, wave }: Of, sinceMs: number): readonly Since[] {
    return this.#all(
      `SELECT a.n, a.state, a.outcome, a.intent_ms >= ?1 AS isMeantSince, coalesce(a.ended_ms, 0) >= ?1 AS isEndedSince
       FROM attempt a JOIN wave w ON w.id = a.wave_id WHERE w.address = ?2 AND w.wave = ?3 AND a.state <> 'voided'
       AND NOT EXISTS (
         SELECT 1 FROM event e WHERE e.attempt_id = a.id AND e.kind = 'settled'
         AND e.seq > (SELECT max(seq) FROM event WHERE attempt_id = a.id AND kind = 'intended'))`,
      sinceMs,
      address,
      wave,
    ) as unknown as readonly Since[];
  }

  /** How many recipients have been due since before an instant, and nobody asked whether they may be called. */
  overdue({ address, wave }: Of, beforeMs: number): number {
    const [row] = this.#all(
      `SELECT count(*) AS n FROM recipient r JOIN wave w ON w.id = r.wave_id
       WHERE w.address = ? AND w.wave = ? AND r.state = 'pending' AND r.due_ms < ?`,
      address,
      wave,
      beforeMs,
    );
    return Number(row?.['n'] ?? 0);
  }

  /** How many events of a kind it holds. */
  events(kind: string): number {
    const [row] = this.#all('SELECT count(*) AS n FROM event WHERE kind = ?', kind);
    return Number(row?.['n'] ?? 0);
  }

  /**
   * Earliest due time of what is not over, but for some addresses; undefined: nothing is. A test call that was never made is
   * due for nobody, and nobody is due in a wave that stopped itself.
   */
  nextDueMs(without: readonly string[]): number | undefined {
    const [row] = this.#all(
      `SELECT min(due_ms) AS due FROM (SELECT due_ms, wave_id FROM recipient WHERE state = 'pending'
           AND wave_id NOT IN (SELECT id FROM wave WHERE wave LIKE 'test:%' OR tripped IS NOT NULL)
         UNION ALL SELECT due_ms, wave_id FROM attempt WHERE due_ms IS NOT NULL) d JOIN wave w ON w.id = d.wave_id
       WHERE w.address NOT IN (SELECT value FROM json_each(?))`,
      JSON.stringify(without),
    );
    const due = row?.['due'];
    return typeof due === 'number' ? due : undefined;
  }

  /** Every attempt's state and events, oldest first. */
  stories(): readonly {
    readonly reference: string;
    readonly detail: string;
    readonly events: readonly { readonly atMs: number; readonly event: string }[];
  }[] {
    const events = Map.groupBy(
      this.#all('SELECT attempt_id AS id, at_ms AS atMs, detail FROM event ORDER BY attempt_id, seq'),
      ({ id }) => id,
    );
    return this.#all('SELECT id, reference, detail FROM attempt').map(({ id, reference, detail }) => ({
      reference: String(reference),
      detail: String(detail),
      events: (events.get(id) ?? []).map((one) => ({ atMs: Number(one['atMs']), event: String(one['detail']) })),
    }));
  }

  /** Before the file is moved, replaced or removed. */
  close(): void {
    this.#database?.close();
    this.#database = undefined;
  }

  #all(sql: string, ...values: readonly (string | number)[]): readonly Record<string, unknown>[] {
    if (this.#database === undefined) {
      if (!existsSync(this.#path)) return [];
      this.#database = new DatabaseSync(this.#path, { readOnly: true });
    }
    if (this.#database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'event'").get() === undefined) return [];
    return this.#database.prepare(sql).all(...values);
  }
}

import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, StatementSync } from 'node:sqlite';
import type { SyncFile } from '../../ports.ts';
import type { Row } from './row.ts';
import { storeFailure } from './failure.ts';
import { WalSync } from './wal-sync.ts';

/** How a connection is made. */
export type Connection = {
  /** The file, or a `file:` URL with SQLite's own parameters. */
  readonly location: string | URL;
  readonly readOnly: boolean;
  /** A lock is waited for so long. */
  readonly busyMs: number;
  /** False for a store that is thrown away: nothing waits for the disk, not even SQLite's checkpoints. */
  readonly durable: boolean;
  /** Makes commits durable, where there are any to come. */
  readonly syncFile?: SyncFile;
};

type Bound = string | number | boolean | undefined;

/** A work that waits for the others of its commit. */
type Waiting = {
  readonly work: () => void;
  /** Asked once the work is done. */
  readonly until: () => Certainty;
  readonly done: () => void;
  readonly fail: (error: unknown) => void;
};

/**
 * What is waited for. `durable`: the disk has it. `written`: the end of this process does not undo it, and it becomes
 * durable with the next commit that is waited for; for what can be learnt again.
 */
export type Certainty = 'durable' | 'written';

/** 8 MB of cache. On macOS only F_FULLFSYNC makes a commit durable: https://www.sqlite.org/pragma.html#pragma_fullfsync */
const settings = `
  PRAGMA fullfsync = ON;
  PRAGMA cache_size = -8192;
  PRAGMA journal_size_limit = 67108864;
  PRAGMA trusted_schema = OFF;
`;

/** One connection to the store's file. Its methods are synchronous; a transaction never outlives the call that began it. */
export class Database {
  readonly path: string;
  readonly connection: Connection;
  readonly #sqlite: DatabaseSync;
  readonly #statements: Map<string, StatementSync> = new Map();
  readonly #waiting: Waiting[] = [];
  readonly #log: WalSync | undefined;

  constructor(path: string, connection: Connection) {
    this.path = path;
    this.connection = connection;
    const { durable, syncFile } = connection;
    this.#log = durable && syncFile !== undefined ? new WalSync(path, syncFile) : undefined;
    this.#sqlite = new DatabaseSync(connection.location, {
      readOnly: connection.readOnly,
      timeout: connection.busyMs,
      enableForeignKeyConstraints: true,
    });
    this.#sqlite.exec(`${settings} PRAGMA synchronous = ${connection.durable ? 'NORMAL' : 'OFF'};`);
  }

  /** Another connection to the same file: for temporary tables and a cache of its own. */
  beside(options: { readonly readOnly: boolean } = this.connection): Database {
    return new Database(this.path, { ...this.connection, readOnly: options.readOnly });
  }

  /** Rows changed. */
  run(sql: string, ...values: readonly Bound[]): number {
    return Number(this.#statement(sql).run(...values.map(bound)).changes);
  }

  /** The id of the row; undefined where a conflict let nothing be inserted. */
  insert(sql: string, ...values: readonly Bound[]): number | undefined {
    const { changes, lastInsertRowid } = this.#statement(sql).run(...values.map(bound));
    return changes === 0 ? undefined : Number(lastInsertRowid);
  }

  get(sql: string, ...values: readonly Bound[]): Row | undefined {
    return this.#statement(sql).get(...values.map(bound));
  }

  all(sql: string, ...values: readonly Bound[]): readonly Row[] {
    return this.#statement(sql).all(...values.map(bound));
  }

  /** Several statements without values. */
  exec(sql: string): void {
    this.#sqlite.exec(sql);
  }

  /**
   * Runs the work in a transaction that holds the write lock from its start; all of it is written, or nothing happened.
   * Within `together` it is a part of that transaction.
   */
  write<T>(work: () => T): T {
    return this.#sqlite.isTransaction ? work() : this.#transaction('BEGIN IMMEDIATE', work);
  }

  /**
   * Works that are asked for in one go share a commit, as the disk takes its time for each: one that fails is undone
   * alone, and if the commit fails none has happened. A work may be done twice, the first time in vain.
   */
  together<T>(work: () => T, until: (result: T) => Certainty = () => 'durable'): Promise<T> {
    return new Promise((resolve, reject) => {
      let result: T;
      this.#waiting.push({
        work: () => {
          result = work();
        },
        until: () => until(result),
        done: () => resolve(result),
        fail: (error: unknown) => reject(storeFailure(error, this.path)),
      });
      if (this.#waiting.length === 1) queueMicrotask(() => this.#writeTogether(this.#waiting.splice(0)));
    });
  }

  /** Resolves when all that was written before is durable. @throws StoreFailure */
  async durable(): Promise<void> {
    await this.ask(() => this.#log?.sync());
  }

  /** Runs the work on one unchanging view of the store. */
  read<T>(work: () => T): T {
    return this.#transaction('BEGIN', work);
  }

  /** Does the work now; its errors reject, those of SQLite as StoreFailure. */
  async ask<T>(work: () => T | Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw storeFailure(error, this.path);
    }
  }

  close(): void {
    this.#statements.clear();
    this.#log?.close();
    if (this.#sqlite.isOpen) this.#sqlite.close();
  }

  /** What shared the commit of one that failed is done anew: a savepoint for each has SQLite copy all pages that are changed. */
  #writeTogether(waiting: readonly Waiting[]): void {
    let failed: Waiting | undefined;
    try {
      this.write(() => {
        for (const one of waiting) {
          try {
            one.work();
          } catch (error) {
            // Else its failure has undone the whole transaction.
            if (this.#sqlite.isTransaction) failed = one;
            throw error;
          }
        }
      });
    } catch (error) {
      const undone = failed === undefined ? waiting : [failed];
      for (const one of undone) one.fail(error);
      if (undone.length < waiting.length) this.#writeTogether(waiting.filter((one) => one !== failed));
      return;
    }
    this.#finish(waiting);
  }

  #finish(written: readonly Waiting[]): void {
    const kinds = Map.groupBy(written, ({ until }) => until());
    for (const one of kinds.get('written') ?? []) one.done();
    const rest = kinds.get('durable');
    if (rest === undefined) return;
    void this.durable().then(
      () => {
        for (const one of rest) one.done();
      },
      (error: unknown) => {
        for (const one of rest) one.fail(error);
      },
    );
  }

  #transaction<T>(begin: string, work: () => T): T {
    this.#sqlite.exec(begin);
    try {
      const result = work();
      this.#sqlite.exec('COMMIT');
      return result;
    } catch (error) {
      // Some failures (a full disk among them) have rolled back already: https://www.sqlite.org/lang_transaction.html
      if (this.#sqlite.isTransaction) this.#sqlite.exec('ROLLBACK');
      throw error;
    }
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const made = this.#sqlite.prepare(sql);
    this.#statements.set(sql, made);
    return made;
  }
}

function bound(value: Bound): SQLInputValue {
  if (value === undefined) return null;
  return typeof value === 'boolean' ? Number(value) : value;
}

/**
 * Makes commits durable without holding up the process. SQLite writes a commit to the write-ahead log and returns
 * (`synchronous = NORMAL`); the commit survives a loss of power once that file is synced, which SQLite's own FULL mode
 * would do within the commit, on our only thread (https://www.sqlite.org/pragma.html#pragma_synchronous). It syncs the
 * log's header and the folder by itself, and the log before each checkpoint. Locks lie on the other files, so that a
 * second descriptor of this one disturbs none (https://www.sqlite.org/howtocorrupt.html, 2.2).
 */
import { closeSync, openSync } from 'node:fs';
import type { SyncFile } from '../../ports.ts';
import { StoreFailure } from '../contract/failure.ts';
import { fileAt, logOf, realFile } from './file.ts';

/** A file of the store, and where another process would look for it. */
type KeptFile = { readonly path: string; readonly file: bigint | undefined };

/** The log of one store, and the syncs that are under way. */
export class WalSync {
  readonly #store: string;
  readonly #syncFile: SyncFile;
  #descriptor: number | undefined;
  /** Looked at after each sync, as SQLite does where it keeps no log: https://www.sqlite.org/rescode.html#readonly_dbmoved */
  #kept: readonly KeptFile[] = [];
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  /** @param path of the store's own file */
  constructor(path: string, syncFile: SyncFile) {
    this.#syncFile = syncFile;
    this.#store = path;
  }

  /**
   * Resolves when all that was committed before the call is on the disk. Calls during a sync share the next one; there are
   * never two at once. Once one failed all do: what the system could not write it may forget, and then call the next sync a
   * success. One fails where the store is not in its place any more, although this process could go on with it.
   */
  sync(): Promise<void> {
    if (this.#running === undefined) {
      this.#running = this.#begin();
      return this.#running;
    }
    this.#next ??= this.#running.then(() => this.#begin());
    return this.#next;
  }

  /** Those that were asked for end first. */
  close(): void {
    const release = (): void => this.#release();
    const last = this.#next ?? this.#running;
    if (last === undefined) release();
    else void last.then(release, release);
  }

  /** The next one takes over at once, before anybody else can ask. */
  async #begin(): Promise<void> {
    await this.#write();
    this.#running = this.#next;
    this.#next = undefined;
  }

  async #write(): Promise<void> {
    this.#descriptor ??= this.#open();
    await this.#syncFile(this.#descriptor);
    if (this.#kept.some(({ path, file }) => fileAt(path) !== file)) throw new StoreFailure('gone', this.#store);
  }

  #open(): number {
    const descriptor = openSync(logOf(this.#store), 'r+');
    this.#kept = [realFile(this.#store), logOf(this.#store)].map((path) => ({ path, file: fileAt(path) }));
    return descriptor;
  }

  #release(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }
}

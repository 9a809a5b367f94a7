/**
 * Makes commits durable without holding up the process. SQLite writes a commit to the write-ahead log and returns
 * (`synchronous = NORMAL`); the commit survives a loss of power once that file is synced, which SQLite's own FULL mode
 * would do within the commit, on our only thread (https://www.sqlite.org/pragma.html#pragma_synchronous). It syncs the
 * log's header and the folder by itself, and the log before each checkpoint. Locks lie on the other files, so that a
 * second descriptor of this one disturbs none (https://www.sqlite.org/howtocorrupt.html, 2.2).
 */
import { closeSync, openSync } from 'node:fs';
import type { SyncFile } from '../../ports.ts';

export class WalSync {
  readonly #path: string;
  readonly #syncFile: SyncFile;
  #descriptor: number | undefined;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  /** @param path of the store's own file */
  constructor(path: string, syncFile: SyncFile) {
    this.#syncFile = syncFile;
    this.#path = `${path}-wal`;
  }

  /**
   * Resolves when all that was committed before the call is on the disk. Calls during a sync share the next one. Once one
   * failed all do: what the system could not write it may forget, and then call the next sync a success.
   */
  sync(): Promise<void> {
    if (this.#running === undefined) return this.#begin();
    this.#next ??= this.#running.then(() => this.#begin());
    return this.#next;
  }

  /** A sync that is under way ends first. */
  close(): void {
    const release = (): void => this.#release();
    if (this.#running === undefined) release();
    else void this.#running.then(release, release);
  }

  #begin(): Promise<void> {
    this.#next = undefined;
    this.#running = this.#write().then(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #write(): Promise<void> {
    this.#descriptor ??= openSync(this.#path, 'r+');
    await this.#syncFile(this.#descriptor);
  }

  #release(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }
}

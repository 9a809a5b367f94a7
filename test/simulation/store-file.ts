import { copyFileSync, existsSync, rmSync } from 'node:fs';
import type { LedgerFile } from './ledger-file.ts';

/** The store's file, and the copy of it that somebody put aside. */
export class StoreFile {
  readonly path: string;
  /** When it was lost last, true time: the next run takes the address over. Undefined: never. */
  lostMs: number | undefined;
  /** A copy lies aside that may come back. */
  hasCopy: boolean = false;
  readonly #copyPath: string;
  readonly #ledger: LedgerFile;

  constructor(path: string, copyPath: string, ledger: LedgerFile) {
    this.path = path;
    this.#copyPath = copyPath;
    this.#ledger = ledger;
  }

  get exists(): boolean {
    return existsSync(this.path);
  }

  /** Puts a copy aside; false: there was nothing to copy. */
  copy(): boolean {
    this.#ledger.close();
    copy(this.path, this.#copyPath);
    return existsSync(this.#copyPath);
  }

  /** The copy takes its place. */
  restore(): void {
    this.#ledger.close();
    copy(this.#copyPath, this.path);
  }

  lose(nowMs: number): void {
    this.#ledger.close();
    remove(this.path);
    this.lostMs = nowMs;
  }

  /** Nothing is left of it, nor of its copy. */
  remove(): void {
    this.#ledger.close();
    for (const path of [this.path, this.#copyPath]) remove(path);
  }
}

/** What SQLite keeps beside a file belongs to it. */
const endings = ['', '-wal', '-shm'];

/** As it would be found after a crash. */
function copy(from: string, to: string): void {
  remove(to);
  for (const ending of endings) if (existsSync(`${from}${ending}`)) copyFileSync(`${from}${ending}`, `${to}${ending}`);
}

function remove(path: string): void {
  for (const ending of endings) rmSync(`${path}${ending}`, { force: true });
}

import { copyFileSync, rmSync } from 'node:fs';

/** As it would be found after a crash: with what SQLite keeps beside it. */
export function copyStore(from: string, to: string): void {
  for (const ending of ['', '-wal', '-shm']) {
    rmSync(`${to}${ending}`, { force: true });
    try {
      copyFileSync(`${from}${ending}`, `${to}${ending}`);
    } catch {
      // No such file beside it.
    }
  }
}

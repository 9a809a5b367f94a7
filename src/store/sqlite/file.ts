import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Whether a file is there; what cannot be looked at is not. */
export function isThere(path: string): boolean {
  return existsSync(path);
}

/** The log of a store, which SQLite keeps beside the file that a link leads to. */
export function logOf(path: string): string {
  return `${realFile(path)}-wal`;
}

/** The file that a link leads to. */
export function realFile(path: string): string {
  return isThere(path) ? realpathSync(path) : path;
}

/** Which file it is, as long as somebody has it open; undefined where none is. */
export function fileAt(path: string): bigint | undefined {
  return statSync(path, { bigint: true, throwIfNoEntry: false })?.ino;
}

/** Whether nothing is in the file, or it is missing. */
export function isEmptyFile(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined || found.size === 0;
}

/** Whether this process may write the file and beside it, as SQLite does even for reading. */
export function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    accessSync(dirname(realFile(path)), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Makes an empty file that only its owner may read; SQLite gives the files beside it the same mode
 * (findCreateFileMode in https://sqlite.org/src/file/src/os_unix.c). A `.callplan` folder keeps itself out of git.
 */
export function createPrivateFile(path: string): void {
  const folder = dirname(path);
  const made = mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (made !== undefined && basename(folder) === '.callplan') writeFileSync(join(folder, '.gitignore'), '*\n');
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    const isThereAlready = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    if (!isThereAlready) throw error;
  }
}

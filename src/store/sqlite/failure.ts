import { FileProblem } from '../../ports.ts';
import { InternalError } from '../../model/internal-error.ts';
import { StoreFailure } from '../contract/failure.ts';
import type { StoreFailureKind } from '../contract/failure.ts';

/** Primary result codes: https://www.sqlite.org/rescode.html */
const failures: Readonly<Record<number, StoreFailureKind>> = {
  3: 'unreadable',
  5: 'held',
  6: 'held',
  7: 'failed',
  8: 'read_only',
  10: 'failed',
  11: 'failed',
  13: 'disk_full',
  14: 'unreadable',
  15: 'held',
  22: 'failed',
  23: 'unreadable',
  26: 'not_a_store',
};

/** The shared memory file beside the store could not grow, as on a full disk. */
const ioErrorShmSize = 4874;

const systemFailures: Readonly<Record<string, StoreFailureKind>> = {
  // Of a folder that Node was to make on a read-only disk: https://github.com/nodejs/node/issues/47098
  ENOENT: 'read_only',
  ENOSPC: 'disk_full',
  EDQUOT: 'disk_full',
  EROFS: 'read_only',
};

/**
 * What an error of SQLite or of the disk means; errors of ours pass as they are.
 * @param forbidden what a lack of permission means for what was being done
 */
export function storeFailure(
  error: unknown,
  path: string,
  forbidden: 'read_only' | 'unreadable' = 'read_only',
): unknown {
  if (!(error instanceof Error) || error instanceof FileProblem) return error;
  if (!('code' in error)) return error;
  if (error.code === 'ERR_SQLITE_ERROR' && 'errcode' in error && typeof error.errcode === 'number') {
    const kind = error.errcode === ioErrorShmSize ? 'disk_full' : failures[error.errcode & 0xff];
    // Else the statement itself failed: a broken constraint, wrong SQL. Its message holds no values.
    return kind === undefined
      ? new InternalError(`the store refused a statement: ${error.message}`, error)
      : new StoreFailure(kind, path, error);
  }
  if ('syscall' in error && typeof error.code === 'string') {
    const isForbidden = error.code === 'EACCES' || error.code === 'EPERM';
    return new StoreFailure(isForbidden ? forbidden : (systemFailures[error.code] ?? 'failed'), path, error);
  }
  return error;
}

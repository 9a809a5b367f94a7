import { FileProblem } from '../ports.ts';
import type { FileProblemKind } from '../ports.ts';

/** What was being done to the disk; "permission denied" means another thing for each. */
export type FileUse = 'read' | 'write';

/** Error numbers of the system (errno(3)) that mean the same for reading and writing. */
const kinds: Readonly<Record<string, FileProblemKind>> = {
  EISDIR: 'not_a_file',
  EROFS: 'read_only',
  ENOSPC: 'disk_full',
  EDQUOT: 'disk_full',
};

/** The FileProblem that a failed system call stands for; any other error, a bug, as it is. */
export function fileProblem(use: FileUse, path: string, error: unknown): Error {
  const code = errorCode(error);
  if (code === undefined) return error instanceof Error ? error : new Error(String(error));
  return new FileProblem(kinds[code] ?? kindByUse(use, code), path, error);
}

/** The system's name of an error, such as ENOENT. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' && 'syscall' in error ? error.code : undefined;
}

function kindByUse(use: FileUse, code: string): FileProblemKind {
  if (use === 'read' && (code === 'ENOENT' || code === 'ENOTDIR')) return 'missing';
  // Folders are made first. On a read-only disk Node says ENOENT of that: https://github.com/nodejs/node/issues/47098
  if (code === 'ENOENT') return 'read_only';
  if (code !== 'EACCES' && code !== 'EPERM') return 'other';
  return use === 'read' ? 'unreadable' : 'read_only';
}

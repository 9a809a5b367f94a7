import { decode } from '../campaign/decode.ts';
import type { Decoded } from '../campaign/decode.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { FileProblem } from '../ports.ts';
import type { FileProblemKind, Files } from '../ports.ts';

/** Bytes that a campaign file, or a file that it names, may have. */
export const sizeLimit: number = 1024 * 1024;

/** A file's text, or the finding that says why it cannot be had. `shown` is its path as people see it. */
export async function readText(files: Pick<Files, 'info' | 'read'>, path: string, shown: string): Promise<Decoded> {
  try {
    const info = await files.info(path);
    if (info === undefined) return failed({ code: 'FILE_MISSING', args: { path: shown } });
    if (info.kind !== 'file') return failed(unreadable(shown, 'not_a_file'));
    if (info.size > sizeLimit) return failed(tooLarge(shown, info.size));
    const bytes = await files.read(path);
    return bytes.length > sizeLimit ? failed(tooLarge(shown, bytes.length)) : decode(bytes, shown);
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    if (error.kind === 'missing') return failed({ code: 'FILE_MISSING', args: { path: shown } });
    return failed(unreadable(shown, error.kind));
  }
}

/** The finding for a path that is there and cannot be read. */
export function unreadable(path: string, kind: FileProblemKind): Diagnostic {
  return { code: 'FILE_UNREADABLE', args: { path, problem: problemWords[kind] } };
}

const problemWords: Readonly<Record<FileProblemKind, string>> = {
  missing: 'it is not there',
  not_a_file: 'it is not a file',
  unreadable: 'reading it is not permitted',
  read_only: 'it is on a read-only disk',
  disk_full: 'the disk is full',
  other: 'the disk could not give it',
};

function tooLarge(path: string, size: number): Diagnostic {
  return { code: 'FILE_TOO_LARGE', args: { path, size, limit: sizeLimit } };
}

function failed(diagnostic: Diagnostic): Decoded {
  return { kind: 'failed', diagnostic };
}

import { FileProblem } from '../ports.ts';
import type { Files } from '../ports.ts';

/** Files that remember what was read of them whole. */
export type WatchedFiles = Files & {
  /** A path that gives something else by now, or nothing; undefined where all are as they were read. */
  readonly changed: () => Promise<string | undefined>;
};

/** Watches what is read from now on: a file may change while a person is asked about it. */
export function watchedFiles(files: Files): WatchedFiles {
  const read = new Map<string, Uint8Array>();
  return {
    ...files,
    read: async (path) => {
      const bytes = await files.read(path);
      read.set(path, bytes);
      return bytes;
    },
    changed: async () => {
      for (const [path, bytes] of read) {
        const now = await contentOf(path, files);
        if (now === undefined || Buffer.compare(bytes, now) !== 0) return path;
      }
      return undefined;
    },
  };
}

async function contentOf(path: string, files: Files): Promise<Uint8Array | undefined> {
  try {
    return await files.read(path);
  } catch (error) {
    if (error instanceof FileProblem) return undefined;
    throw error;
  }
}

import type { FileInfo, Files } from '../ports.ts';

/** Files whose `info` asks the disk once a path: for walks upwards from many folders of one tree. */
export function seenFiles(files: Files): Files {
  const seen = new Map<string, Promise<FileInfo | undefined>>();
  return {
    ...files,
    info: (path) => {
      const known = seen.get(path) ?? files.info(path);
      seen.set(path, known);
      return known;
    },
  };
}

import { FileProblem, type Files } from '../../src/ports.ts';

/** A disk in memory that several processes share. */
export type Disk = Files & {
  /** Writes as an operator does, at once. */
  readonly put: (path: string, text: string) => void;
  /** Undefined where no such file is. */
  readonly text: (path: string) => string | undefined;
};

type Kept = { readonly bytes: Uint8Array; readonly version: string };

export function memoryFiles(): Disk {
  const files = new Map<string, Kept>();
  let written = 0;

  function put(path: string, text: string): void {
    written += 1;
    files.set(path, { bytes: new TextEncoder().encode(text), version: String(written) });
  }

  function kept(path: string): Kept {
    const file = files.get(path);
    if (file === undefined) throw new FileProblem('missing', path);
    return file;
  }

  return {
    put,
    text: (path) => {
      const file = files.get(path);
      return file === undefined ? undefined : new TextDecoder().decode(file.bytes);
    },
    info: async (path) => {
      const file = files.get(path);
      if (file !== undefined) return { kind: 'file', size: file.bytes.length, version: file.version };
      const isFolder = [...files.keys()].some((name) => name.startsWith(`${path}/`));
      return isFolder ? { kind: 'folder', size: 0, version: '' } : undefined;
    },
    read: async (path) => kept(path).bytes,
    stream: async function* (path) {
      yield kept(path).bytes;
    },
    list: async (path) => {
      const below = [...files.keys()].filter((name) => name.startsWith(`${path}/`));
      return [...new Set(below.map((name) => name.slice(path.length + 1).split('/')[0] ?? ''))].toSorted();
    },
    writeAtomically: async (path, content) => {
      if (typeof content === 'string') {
        put(path, content);
        return;
      }
      let text = '';
      for await (const chunk of content) text += chunk;
      put(path, text);
    },
    append: () => Promise.reject(new Error('nothing appends in a simulation')),
    remove: async (path) => {
      files.delete(path);
    },
  };
}

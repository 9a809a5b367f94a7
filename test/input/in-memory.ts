import { FileProblem } from '../../src/ports.ts';
import type { Files } from '../../src/ports.ts';

/** Files by path, streamed in chunks of some bytes so that every boundary is met. */
export type InMemory = Pick<Files, 'stream' | 'info'> & {
  readonly write: (path: string, content: string | Uint8Array) => void;
  readonly remove: (path: string) => void;
};

/** Some files to begin with. */
export function inMemory(
  content: Readonly<Record<string, string | Uint8Array>>,
  chunkBytes: number = Number.POSITIVE_INFINITY,
): InMemory {
  const files = new Map<string, { readonly bytes: Uint8Array; readonly version: string }>();
  let written = 0;
  const write = (path: string, text: string | Uint8Array): void => {
    written += 1;
    files.set(path, { bytes: typeof text === 'string' ? Buffer.from(text) : text, version: String(written) });
  };
  for (const [path, text] of Object.entries(content)) write(path, text);
  return {
    write,
    remove: (path) => void files.delete(path),
    info: async (path) => {
      const file = files.get(path);
      return file && { kind: 'file', size: file.bytes.length, version: file.version };
    },
    async *stream(path) {
      const file = files.get(path);
      if (file === undefined) throw new FileProblem('missing', path);
      for (let start = 0; start < file.bytes.length; start += chunkBytes) {
        yield file.bytes.subarray(start, start + chunkBytes);
      }
    },
  };
}

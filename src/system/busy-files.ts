import type { Files } from '../ports.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** Files whose every operation holds the virtual clock; content that waits for the clock lets it go on meanwhile. */
export function busyFiles(files: Files, clock: VirtualClock): Files {
  return {
    info: (path) => clock.busy(files.info(path)),
    read: (path) => clock.busy(files.read(path)),
    stream: (path) => busyChunks(files.stream(path), clock),
    list: (path) => clock.busy(files.list(path)),
    writeAtomically: (path, content, mode) =>
      typeof content === 'string'
        ? clock.busy(files.writeAtomically(path, content, mode))
        : writeChunks(files, clock, { path, content, mode }),
    append: async (path) => {
      const log = await clock.busy(files.append(path));
      return { write: log.write, close: () => clock.busy(log.close()) };
    },
    remove: (path) => clock.busy(files.remove(path)),
  };
}

async function* busyChunks(chunks: AsyncIterable<Uint8Array>, clock: VirtualClock): AsyncIterable<Uint8Array> {
  const reader = chunks[Symbol.asyncIterator]();
  try {
    for (;;) {
      const chunk = await clock.busy(reader.next());
      if (chunk.done === true) return;
      yield chunk.value;
    }
  } finally {
    await reader.return?.();
  }
}

async function writeChunks(
  files: Files,
  clock: VirtualClock,
  { path, content, mode }: { path: string; content: AsyncIterable<string>; mode: number | undefined },
): Promise<void> {
  let release = hold(clock);
  async function* relay(): AsyncIterable<string> {
    release();
    for await (const chunk of content) {
      release = hold(clock);
      yield chunk;
      release();
    }
    release = hold(clock);
  }
  try {
    await files.writeAtomically(path, relay(), mode);
  } finally {
    release();
  }
}

/** Holds the clock until the function that it gives back is called. */
function hold(clock: VirtualClock): () => void {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  void clock.busy(promise);
  return () => resolve(undefined);
}

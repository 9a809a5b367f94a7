import type { Terminal } from '../ports.ts';
import type { SystemSignals } from './signals.ts';

/** Exit code: credentials or environment. */
const environmentExit = 8;

/**
 * The process's streams. A reader that goes away (`callplan plan | head`) is no error: what is written afterwards
 * is dropped, and the command ends as it would have. Where a text cannot be written for another reason (a full disk,
 * a terminal that is gone), who listens for it ends the command in order; else the process ends at once.
 */
export function systemTerminal({ tellUnheard }: Pick<SystemSignals, 'tellUnheard'>): Terminal {
  let isTold = false;
  const failed = (error: Error): void => {
    if (isTold) return;
    isTold = tellUnheard();
    if (!isTold) endUnheard(error);
  };
  return {
    stdout: shape(() => process.stdout),
    stderr: shape(() => process.stderr),
    get canAsk() {
      return process.stdin.isTTY ?? false;
    },
    out: writerTo(() => process.stdout, failed),
    err: writerTo(() => process.stderr, failed),
    ask,
    lines: inputLines,
  };
}

/** Streams are opened when first asked for, and columns read anew each time: a window may be resized. */
function shape(stream: () => NodeJS.WriteStream): Terminal['stdout'] {
  return {
    get isTTY() {
      return stream().isTTY ?? false;
    },
    get columns() {
      return stream().columns || 80;
    },
  };
}

function writerTo(stream: () => NodeJS.WriteStream, failed: (error: Error) => void): (text: string) => void {
  let state: 'unused' | 'open' | 'gone' = 'unused';
  return (text) => {
    if (state === 'gone') return;
    if (state === 'unused') {
      state = 'open';
      stream().on('error', (error: NodeJS.ErrnoException) => {
        state = 'gone';
        if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') failed(error);
      });
    }
    stream().write(text);
  };
}

/** Nobody would see how it ends, and nothing is under way that has to be finished. */
function endUnheard(error: Error): never {
  process.stderr.write(`callplan: what it prints cannot be written: ${error.message}\n`);
  process.exit(environmentExit);
}

async function* inputLines(): AsyncGenerator<string> {
  const { createInterface } = await import('node:readline');
  yield* createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
}

async function ask(question: string, signal?: AbortSignal): Promise<string | undefined> {
  if (signal?.aborted) return undefined;
  const { createInterface } = await import('node:readline');
  return new Promise((resolve) => {
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    let answer: string | undefined;
    let isClosing = false;
    // Closing sets the terminal's mode, and fails in turn where it is gone.
    const close = (): void => {
      if (isClosing) return;
      isClosing = true;
      lines.close();
    };
    signal?.addEventListener('abort', close);
    // A terminal that goes away cannot be read any more; it may say so again once nobody asks.
    process.stdin.on('error', close);
    lines.on('error', close);
    lines.once('close', () => {
      signal?.removeEventListener('abort', close);
      resolve(answer);
    });
    // The signal comes a little later: whoever asked must see it before there is no answer.
    lines.on('SIGINT', () => {
      process.stderr.write('\n');
      process.kill(process.pid, 'SIGINT');
      if (signal === undefined) close();
    });
    lines.question(question, (line) => {
      answer = line;
      close();
    });
  });
}

import type { Terminal } from '../../src/ports.ts';

/** A terminal in memory: what was written, and answers given beforehand. */
export type FakeTerminal = Terminal & {
  readonly stdoutText: () => string;
  readonly stderrText: () => string;
  /** Forgets what was written. */
  readonly clear: () => void;
};

/** Pipes by default; `tty` makes both streams terminals of 80 columns. `answers` answer questions in turn, `stdin` is piped in. */
export function fakeTerminal(
  options: { readonly tty?: boolean; readonly answers?: readonly string[]; readonly stdin?: string } = {},
): FakeTerminal {
  const isTTY = options.tty ?? false;
  const answers = [...(options.answers ?? [])];
  let stdout = '';
  let stderr = '';
  return {
    stdout: { isTTY, columns: 80 },
    stderr: { isTTY, columns: 80 },
    canAsk: isTTY || options.answers !== undefined,
    out: (text) => {
      stdout += text;
    },
    err: (text) => {
      stderr += text;
    },
    ask: (question) => {
      const answer = answers.shift();
      stderr += `${question}${answer ?? ''}\n`;
      return Promise.resolve(answer);
    },
    async *lines() {
      yield* (options.stdin ?? '').split('\n');
    },
    stdoutText: () => stdout,
    stderrText: () => stderr,
    clear: () => {
      stdout = '';
      stderr = '';
    },
  };
}

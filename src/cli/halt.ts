import type { Ending } from './exit.ts';

/** Ends a command with words and an exit code: something outside of the files keeps it from its work. */
export class Halt extends Error {
  readonly ending: Ending;
  readonly next: readonly string[];
  constructor(ending: Ending, message: string, next: readonly string[] = [], cause?: unknown) {
    super(message, { cause });
    this.name = 'Halt';
    this.ending = ending;
    this.next = next;
  }
}

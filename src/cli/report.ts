import type { View } from '../report/style.ts';
import type { Ending } from './exit.ts';

/**
 * What a command gives back: data that `--format json` prints, and the same data as text. main prints it and turns
 * the endings into the exit code.
 */
export type Report = {
  readonly endings: readonly Ending[];
  /** Names the JSON output and its schema: `validation`, `plan`. */
  readonly kind: string;
  /** Members behind format_version, kind and exit_code, in the order of the schema. */
  readonly data: object;
  readonly text: (view: View) => string;
  /** What to do next: commands or sentences, most useful first. */
  readonly next: readonly string[];
};

/** Output for other programs, printed as it is: a schema, a completion script. `next` goes to stderr. */
export type RawReport = {
  readonly endings: readonly Ending[];
  readonly raw: string;
  readonly next: readonly string[];
};

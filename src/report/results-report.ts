import type { Counts } from '../model/wave.ts';
import type { Finding } from './finding.ts';

/** A table that was written: what `results --format json` prints, described by schema/results.schema.json. */
export type ResultsReport = {
  readonly tool_version: string;
  readonly address: string;
  readonly file: string;
  readonly wave: string;
  /** The file that was written, from the working directory. */
  readonly out: string;
  readonly counts: Counts;
  readonly columns: readonly string[];
  /** Columns of callplan's that the recipients had already, and what they are called in the table. */
  readonly renamed: Readonly<Record<string, string>>;
  readonly diagnostics: readonly Finding[];
};

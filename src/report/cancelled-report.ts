import type { Counts } from '../model/wave.ts';
import type { Finding } from './finding.ts';
import type { StopReport } from './stop-words.ts';
import type { UnderWay } from './wave-change-report.ts';

/** What `cancel --format json` prints, described by schema/cancelled.schema.json. */
export type CancelledReport = {
  readonly tool_version: string;
  readonly address: string;
  readonly file: string;
  readonly wave: string;
  /** What had stopped the wave before; null where nothing had. */
  readonly was: StopReport | null;
  readonly stopped: StopReport;
  /** Recipients who waited and are not called any more. */
  readonly skipped: number;
  /** Why calls are not over yet; null where they are, or a run sees to it. */
  readonly why: string | null;
  readonly counts: Counts;
  readonly run: UnderWay | null;
  /** Written again, from the working directory. */
  readonly files: readonly string[];
  readonly diagnostics: readonly Finding[];
};

import type { Finding } from './finding.ts';
import type { StopReport } from './stop-words.ts';

/** A wave of which a person changed something. */
export type WaveChange = {
  readonly tool_version: string;
  readonly address: string;
  readonly file: string;
  readonly wave: string;
  readonly diagnostics: readonly Finding[];
};

/** What a person settled: what `resolve --format json` prints, described by schema/resolved.schema.json. */
export type ResolvedReport = WaveChange & {
  readonly as: 'called' | 'not-called';
  /** Ids of the recipients, numbers in them masked. */
  readonly recipients: readonly string[];
};

/** A wave that was let go on: what `resume --format json` prints, described by schema/resumed.schema.json. */
export type ResumedReport = WaveChange & {
  /** Why it had stopped itself; null where it had not. */
  readonly was: string | null;
  /** The pause that was lifted; null where there was none. */
  readonly stopped: StopReport | null;
};

/** A process that runs a wave. */
export type UnderWay = { readonly hostname: string; readonly pid: number };

/** A wave that was paused: what `pause --format json` prints, described by schema/paused.schema.json. */
export type PausedReport = WaveChange & {
  /** What had stopped the wave already, which stays; null where nothing had. */
  readonly was: StopReport | null;
  readonly stopped: StopReport;
  /** Recipients whose call is under way or in doubt. */
  readonly under_way: number;
  readonly run: UnderWay | null;
};

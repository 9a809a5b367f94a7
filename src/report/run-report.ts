import type { Counts, WaveParent } from '../model/wave.ts';
import type { Finding } from './finding.ts';
import type { StopReport } from './stop-words.ts';
import type { ShownTrip } from './trip.ts';

/** How the calling of a wave ended. */
export type RunSummary = {
  readonly address: string;
  readonly file: string;
  readonly wave: string;
  /** `complete`, `incomplete`, ... as in the manifest. */
  readonly status: string;
  /** Why it is not complete. */
  readonly why: string | null;
  /** Recipients called for the first time in this run. */
  readonly dialled: number;
  readonly counts: Counts;
};

/** A run as data: what `run --format json` prints, described by schema/run.schema.json. */
export type RunReport = RunSummary & {
  readonly tool_version: string;
  /** Why the wave stopped itself; null where it did not. */
  readonly tripped: ShownTrip | null;
  /** A person's word that ended it or kept it from calling; null where there was none. */
  readonly stopped: StopReport | null;
  /** What the wave repeats; null where its recipients came from the file. */
  readonly parent: WaveParent | null;
  /** Calls that kept the run from calling, as the provider lists them. */
  readonly calls_without_reference: readonly CallWithoutReference[];
  /** Manifest and results, from the working directory. */
  readonly files: readonly string[];
  readonly diagnostics: readonly Finding[];
};

/** A call that may be of the wave; its number masked, unless --show-numbers. */
export type CallWithoutReference = { readonly phone: string; readonly id: string | null };

/** What the store remembers of a wave, and what it is asked about one. */
import type { Sighting } from '../../model/sighting.ts';
import type { Stop } from '../../model/stop.ts';
import type { Tally } from '../../model/tally.ts';
import type { EngineMs } from '../../model/time.ts';
import type { Trip } from '../../model/trip.ts';
import type { Only, WaveParent } from '../../model/wave.ts';

/** What a wave remembers beyond its recipients. */
export type WaveState = {
  readonly waveId: number;
  /** Set once a canary, a breaker or a budget stopped it; nobody is called until `resume`. */
  readonly tripped?: Trip;
  /** Set once a person paused or cancelled the wave. */
  readonly stopped?: Stop;
  readonly tally: Tally;
  /** A sighting with a reference of ours was seen: a call without one is not ours. */
  readonly echo: boolean;
  /** Epoch ms at which its first run began. */
  readonly openedMs: number;
  /** Epoch ms of the newest event. */
  readonly lastEventMs?: number;
  /** What it repeats; left out: its recipients come from the campaign's file. */
  readonly parent?: WaveParent;
};

/** What came of a person's word about a wave. */
export type Stopping = {
  /** What stopped the wave until then. */
  readonly was: Stop | undefined;
  /** Pending recipients who are not called any more, as the wave is cancelled. */
  readonly skipped: number;
};

/** Accepted attempts with one status, in the provider's own words. */
export type OpenStatus = {
  readonly status: string;
  readonly calls: number;
  /** When the oldest of them was accepted. */
  readonly sinceMs: EngineMs;
};

/** What one import of a found call needs. */
export type FoundCall = { readonly recipientTag: string; readonly n: number; readonly sighting: Sighting };

/** Which recipients of a wave are asked for, to call them again. */
export type FrozenChoice = {
  /** `rejected` means those whom the provider refused, too; `skipped` not those who were taken off the list. */
  readonly only: readonly Only[];
  /** Waves that repeat the same one, and R of a key in each. */
  readonly others: readonly {
    readonly wave: string;
    readonly waveId: number;
    readonly tagOf: (key: string) => string;
  }[];
};

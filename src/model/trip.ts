import type { StopOutcome } from './execution.ts';
import type { TalliedCall } from './tally.ts';
import type { WallMs } from './time.ts';

/** Why a wave calls nobody any more, in this run and in later ones, until it is resumed. */
export type Trip = {
  readonly atMs: WallMs;
} & (
  | { readonly kind: 'alike'; readonly reason: string; readonly calls: readonly TalliedCall[] }
  /** So many per cent of so many calls ended so; `calls` are those that did. */
  | {
      readonly kind: 'canary' | 'stop_when';
      readonly outcome: StopOutcome;
      readonly percent: number;
      readonly of: number;
      readonly calls: readonly TalliedCall[];
    }
  /** `limit` as the campaign's file has it: "900 minutes". */
  | { readonly kind: 'budget'; readonly limit: string }
);

import type { Invariant } from '../invariants.ts';
import type { SimulatedWorld } from '../world.ts';

/** A bug that is planted into the engine: some lines of its source become others. */
export type Bug = {
  readonly name: string;
  readonly edits: readonly { readonly file: string; readonly find: string; readonly replace: string }[];
  /** Any of these catches it. */
  readonly caughtBy: readonly Invariant[];
  /** The first seed that is tried, where such worlds are rare. @default 1 */
  readonly from?: number;
  /** Worlds in which it can show; left out: any. */
  readonly in?: (world: SimulatedWorld) => boolean;
};

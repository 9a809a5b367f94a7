/** Instants by two clocks, epoch ms. A plain number passes for either; one clock's instant does not pass for the other's. */

declare const clock: unique symbol;

/**
 * Engine time: epoch ms at the start of a process, moved on by its monotonic clock. Settling, polls and retries are counted
 * in it, since a jump of the wall clock must settle nothing; it falls behind while a machine sleeps.
 */
export type EngineMs = number & { readonly [clock]?: 'engine' };

/** The wall clock. People go by it: recipients are due, windows open, and calls are over by it. */
export type WallMs = number & { readonly [clock]?: 'wall' };

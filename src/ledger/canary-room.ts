import type { Execution } from '../model/execution.ts';
import type { Tally } from '../model/tally.ts';

/** First attempts that may be begun before the canary is judged; no bound once it is, or without one. */
export function canaryRoom(tally: Tally, { canary }: Pick<Execution, 'canary'>): number {
  const { open, ended } = tally.canary ?? { open: [], ended: [] };
  if (canary === undefined || ended.length >= canary.calls) return Number.POSITIVE_INFINITY;
  return Math.max(0, canary.calls - ended.length - open.length);
}

import type { StopReport } from '../report/stop-words.ts';

/** What a report says of a wave that calls nobody; absent or null where nothing stopped it. */
type Stopped = { readonly stopped?: StopReport | null; readonly tripped?: unknown };

/** Whether the wave was stopped, by a person or by itself, and may go on. */
export function isResumable({ stopped, tripped }: Stopped): boolean {
  if (stopped?.kind === 'cancelled') return false;
  return (stopped ?? tripped ?? null) !== null;
}

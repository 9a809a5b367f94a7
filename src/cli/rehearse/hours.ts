import type { ResultRow } from '../../model/wave.ts';

/** Calls started in one hour of the clock. */
export type Hour = { readonly startMs: number; readonly calls: number };

const hourMs = 3_600_000;

/** Calls by the hour in which they started, in order; hours without calls are left out. */
export async function callsByHour(rows: AsyncIterable<ResultRow>): Promise<readonly Hour[]> {
  const hours = new Map<number, number>();
  for await (const { attempts } of rows) {
    for (const { intentMs, state } of attempts) {
      if (state.kind === 'voided') continue;
      const startMs = Math.floor(intentMs / hourMs) * hourMs;
      hours.set(startMs, (hours.get(startMs) ?? 0) + 1);
    }
  }
  return [...hours].toSorted(([a], [b]) => a - b).map(([startMs, calls]) => ({ startMs, calls }));
}

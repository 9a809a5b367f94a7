import type { ResultRow } from '../model/wave.ts';

/** The most calls that were open at one moment of a stretch of time: begun, and not known to be over. Epoch ms. */
export async function openAtOnce(
  pages: AsyncIterable<readonly ResultRow[]>,
  fromMs: number,
  toMs: number,
): Promise<number> {
  const changes: { readonly atMs: number; readonly by: 1 | -1 }[] = [];
  for await (const page of pages) {
    for (const { intentMs, endedMs = Number.POSITIVE_INFINITY, state } of page.flatMap(({ attempts }) => attempts)) {
      if (state.kind === 'voided' || intentMs >= toMs || endedMs <= fromMs) continue;
      changes.push({ atMs: intentMs, by: 1 }, { atMs: endedMs, by: -1 });
    }
  }
  let [open, most] = [0, 0];
  // A call that begins when another ends takes its place.
  for (const { by } of changes.toSorted((a, b) => a.atMs - b.atMs || a.by - b.by)) {
    open += by;
    most = Math.max(most, open);
  }
  return most;
}

/** Which wave a rerun is, and whom it calls. */
import { outcomes } from '../model/attempt.ts';
import { digest } from '../model/digest.ts';
import { nearest } from '../model/nearest.ts';
import type { Only, RunRecord, WaveParent } from '../model/wave.ts';

/** All that `--only` can name, in the order in which it is told. */
export const onlyWords: readonly Only[] = [...outcomes, 'skipped'];

/** What was written after `--only`, or what is wrong with it, in words. */
export type ReadOnly =
  | { readonly kind: 'only'; readonly only: readonly Only[] }
  | { readonly kind: 'failed'; readonly problem: string; readonly help: string };

/** Reads `failed,no_answer`: sorted and each once, so that equal choices are one wave. */
export function readOnly(text: string): ReadOnly {
  const words = text.split(',').map((word) => word.trim());
  const only: Only[] = [];
  for (const word of words) {
    const known = onlyWords.find((one) => one === word);
    if (known === undefined) return { kind: 'failed', ...unusable(word) };
    only.push(known);
  }
  return { kind: 'only', only: [...new Set(only)].toSorted() };
}

function unusable(word: string): { readonly problem: string; readonly help: string } {
  const open = notOver[word];
  if (open !== undefined) return { problem: `--only cannot name ${word}: ${open[0]}`, help: open[1] };
  const meant = nearest(word.replaceAll('-', '_'), onlyWords);
  return {
    problem: `--only takes ${onlyWords.join(', ')}, with commas between; this is "${word}"`,
    help: meant === undefined ? 'Name outcomes, or skipped' : `Did you mean ${meant}?`,
  };
}

/** States that are no end; whoever is in one of them may have been called, or still will be. */
const notOver: Readonly<Record<string, readonly [why: string, help: string]>> = {
  unresolved: [
    'they may have been called',
    'Say whether they were, with callplan resolve; who was not is called by callplan run',
  ],
  in_doubt: ['they may have been called', 'callplan run looks it up'],
  intent: ['they may have been called', 'callplan run looks it up'],
  accepted: ['their calls are not over', 'callplan run follows them to their end'],
  pending: ['the wave itself is going to call them', 'callplan run does'],
};

/** The longest name of a wave. */
const longestName = 63;

/** The wave in which a rerun calls: the same for the same choice, and named after its parent as far as there is room. */
export function rerunWave({ wave, run, only }: WaveParent): string {
  const end = `-r${digest([wave, run, only]).slice(0, 8)}`;
  return `${wave.slice(0, longestName - end.length)}${end}`;
}

/** Whether two waves repeat the same. */
export function isSameParent(one: WaveParent | undefined, other: WaveParent | undefined): boolean {
  return digest(one ?? null) === digest(other ?? null);
}

/**
 * The run of a wave in which something happened last: a later one that called nobody makes no other rerun of it. The first,
 * where nothing ever happened; undefined where there is none.
 * @param runs oldest first
 */
export function decisiveRun(runs: readonly RunRecord[], lastEventMs: number | undefined): RunRecord | undefined {
  if (lastEventMs === undefined) return runs[0];
  return runs.findLast(({ startedMs }) => startedMs <= lastEventMs) ?? runs[0];
}

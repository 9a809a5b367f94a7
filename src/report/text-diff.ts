/** A stretch of text that both versions have, or only the one before or after. */
export type Stretch = { readonly kind: 'kept' | 'removed' | 'added'; readonly text: string };

/** Comparing takes time with the product of the lengths; longer texts count as replaced. */
const mostCells = 4_000_000;

/** What it takes to get from one text to another, word by word. White space is not compared; stretches join with a space. */
export function diffWords(before: string, after: string): readonly Stretch[] {
  return joined(diffParts(wordsOf(before), wordsOf(after)));
}

/** The same line by line; each stretch is one line. */
export function diffLines(before: string, after: string): readonly Stretch[] {
  return diffParts(before.split('\n'), after.split('\n'));
}

/** The share of the longer text that was kept, 0 to 1. */
export function likeness(stretches: readonly Stretch[]): number {
  const lengths = { kept: 0, removed: 0, added: 0 };
  for (const { kind, text } of stretches) lengths[kind] += text.length;
  const longer = lengths.kept + Math.max(lengths.removed, lengths.added);
  return longer === 0 ? 1 : lengths.kept / longer;
}

function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

function diffParts(before: readonly string[], after: readonly string[]): readonly Stretch[] {
  const start = commonPrefix(before, after);
  const end = commonSuffix(before, after, start);
  const [a, b] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  const middle = a.length * b.length > mostCells ? replaced(a, b) : compare(a, b);
  return [
    ...before.slice(0, start).map((text) => ({ kind: 'kept', text }) as const),
    ...middle,
    ...before.slice(before.length - end).map((text) => ({ kind: 'kept', text }) as const),
  ];
}

function commonPrefix(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length += 1;
  return length;
}

function commonSuffix(a: readonly string[], b: readonly string[], start: number): number {
  let length = 0;
  const most = Math.min(a.length, b.length) - start;
  while (length < most && a[a.length - 1 - length] === b[b.length - 1 - length]) length += 1;
  return length;
}

function replaced(a: readonly string[], b: readonly string[]): readonly Stretch[] {
  return [
    ...a.map((text) => ({ kind: 'removed', text }) as const),
    ...b.map((text) => ({ kind: 'added', text }) as const),
  ];
}

/** Longest common subsequence; removed parts stand before added ones. */
function compare(a: readonly string[], b: readonly string[]): readonly Stretch[] {
  const common = commonLengths(a, b);
  const stretches: Stretch[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [old, fresh] = [a[i], b[j]];
    if (old !== undefined && old === fresh) {
      stretches.push({ kind: 'kept', text: old });
      i += 1;
      j += 1;
    } else if (old !== undefined && (fresh === undefined || common(i + 1, j) >= common(i, j + 1))) {
      stretches.push({ kind: 'removed', text: old });
      i += 1;
    } else if (fresh !== undefined) {
      stretches.push({ kind: 'added', text: fresh });
      j += 1;
    }
  }
  return stretches;
}

/** For a pair of positions the length of what is common from there on. */
function commonLengths(a: readonly string[], b: readonly string[]): (i: number, j: number) => number {
  const width = b.length + 1;
  const lengths = new Int32Array((a.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  return at;
}

function joined(stretches: readonly Stretch[]): readonly Stretch[] {
  const result: Stretch[] = [];
  for (const stretch of stretches) {
    const last = result.at(-1);
    if (last?.kind === stretch.kind)
      result[result.length - 1] = { kind: last.kind, text: `${last.text} ${stretch.text}` };
    else result.push(stretch);
  }
  return result;
}

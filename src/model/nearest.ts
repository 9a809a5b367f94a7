/**
 * The word that was probably meant: nearest by edits, at most a third of its length away and half of the length of what
 * the two do not share (`three` of `option_three` is not `one`), else the only one that begins so; undefined if none is.
 */
export function nearest(written: string, words: Iterable<string>): string | undefined {
  const all = [...new Set(words)];
  let best: { readonly word: string; readonly edits: number } | undefined;
  for (const word of all) {
    const allowed = Math.floor(Math.max(written.length, word.length) / 3);
    if (Math.abs(written.length - word.length) > allowed) continue;
    const [own, other] = withoutShared(written.toLowerCase(), word.toLowerCase());
    const edits = editsBetween(own, other);
    if (edits > allowed || 2 * edits > Math.max(own.length, other.length)) continue;
    if (best === undefined || edits < best.edits) best = { word, edits };
  }
  return best?.word ?? onlyBeginning(written, all);
}

function onlyBeginning(written: string, words: readonly string[]): string | undefined {
  const [only, ...more] = written.length < 3 ? [] : words.filter((word) => word.startsWith(written));
  return more.length === 0 ? only : undefined;
}

/** Two words without the parts that both begin and end with: `first_name` and `frist_name` leave `first` and `frist`. */
function withoutShared(a: string, b: string): readonly [string, string] {
  const [parts, others] = [a.split(/[^a-z0-9]+/), b.split(/[^a-z0-9]+/)];
  const most = Math.min(parts.length, others.length) - 1;
  let start = 0;
  while (start < most && parts[start] === others[start]) start += 1;
  let end = 0;
  while (end < most - start && parts.at(-1 - end) === others.at(-1 - end)) end += 1;
  const rest = (all: readonly string[]): string => all.slice(start, all.length - end).join('_');
  return [rest(parts), rest(others)];
}

/** Damerau-Levenshtein distance (optimal string alignment): insertions, deletions, changes, swapped neighbours. */
function editsBetween(a: string, b: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(beforeLast, j - 2) + 1 : change;
      row.push(Math.min(at(last, j) + 1, at(row, j - 1) + 1, change, swapped));
    }
    beforeLast = last;
    last = row;
  }
  return at(last, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}

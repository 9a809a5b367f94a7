/** A list in a sentence: `a, b and c`. */
export function listed(words: readonly string[], last: 'and' | 'or'): string {
  const before = words.slice(0, -1).join(', ');
  const final = words.slice(-1).join('');
  return before === '' ? final : `${before} ${last} ${final}`;
}

/** The help for a word that is not known: what was probably meant, else what there is. */
export function suggest(meant: string | undefined, known: readonly string[]): string {
  if (meant !== undefined) return `did you mean ${meant}?`;
  return known.length === 0 ? 'remove it' : `there is ${listed(known, 'and')}`;
}

/** A word as a POSIX shell takes it. */
export function shellWord(word: string): string {
  return /^[\w./:=,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** Where something stands, in words: `in execution.windows[0]`, or `in the file` at its top. */
export function inPath(path: string): string {
  return path === '' ? 'at the top of the file' : `in ${path}`;
}

import { widthOf, wrap } from './width.ts';

/**
 * Text as lines of at most `columns`, the first behind `first` and the others behind `rest`; default: as many spaces as
 * `first` is wide, so that the text hangs below its own beginning. `first` may be coloured.
 */
export function hang(
  text: string,
  columns: number,
  { first, rest = ' '.repeat(widthOf(first)) }: { readonly first: string; readonly rest?: string },
): readonly string[] {
  const [line = '', ...more] = wrap(text, columns - Math.max(widthOf(first), widthOf(rest)));
  return [first + line, ...more.map((one) => rest + one)];
}

import type { View } from './style.ts';
import { padEnd, padStart, widthOf, wrap } from './width.ts';

/** A row of a list of counts: `+ 51  to call     new in this wave`. */
export type CountRow = {
  /** One character that says what happens: `+`, `-`, `!`, or a space. */
  readonly sign: string;
  /** As text, so that "unknown" can stand there. */
  readonly count: string;
  readonly name: string;
  readonly note: string;
};

/** Counts one below the other, notes wrapped in their own column; lines of the view's width. */
export function countTable(rows: readonly CountRow[], { columns, style }: View): readonly string[] {
  const countWidth = Math.max(...rows.map(({ count }) => widthOf(count)), 1);
  const nameWidth = Math.max(...rows.map(({ name }) => widthOf(name)), 1);
  const indent = 2 + countWidth + 2 + nameWidth + 3;
  const paints: Readonly<Record<string, (text: string) => string>> = {
    '+': style.green,
    '-': style.red,
    '!': style.yellow,
  };
  return rows.flatMap(({ sign, count, name, note }) => {
    const paint = paints[sign] ?? ((text: string) => text);
    const head = `${paint(sign)} ${padStart(count, countWidth)}  ${padEnd(name, nameWidth)}`;
    if (note === '') return [head.trimEnd()];
    const [first = '', ...rest] = wrap(note, Math.max(20, columns - indent));
    return [`${head}   ${style.dim(first)}`, ...rest.map((line) => ' '.repeat(indent) + style.dim(line))];
  });
}

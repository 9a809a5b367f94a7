import { hang } from './hang.ts';
import type { View } from './style.ts';
import { padEnd } from './width.ts';

/** A name and what stands behind it; left out where there is nothing. */
export type NamedRow = readonly [name: string, value: string | undefined];

const nameWidth = 11;

/** Names in one column, their values wrapped in the next; lines of the view's width. */
export function namedLines(rows: readonly NamedRow[], { columns, style }: View): readonly string[] {
  return rows.flatMap(([name, value = '']) => {
    if (value === '') return [];
    return hang(value, columns, { first: `  ${style.dim(padEnd(name, nameWidth))} ` });
  });
}

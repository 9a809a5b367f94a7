import type { World } from '../ports.ts';
import { viewWith } from '../report/style.ts';
import type { View } from '../report/style.ts';

/** Where there is no terminal, so that equal inputs give equal bytes. */
const plainColumns = 80;

/** How one of the two streams looks to its reader: colours only on a terminal and unless NO_COLOR is set. */
export function screenOf(stream: 'stdout' | 'stderr', world: Pick<World, 'terminal' | 'env'>): View {
  const { isTTY, columns } = world.terminal[stream];
  const color = isTTY && !world.env['NO_COLOR'] && world.env['TERM'] !== 'dumb';
  return viewWith({ columns: isTTY ? Math.min(Math.max(columns, 40), 120) : plainColumns, color });
}

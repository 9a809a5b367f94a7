/** Named values in the order of their names: they are counted in whatever order, and equal counts are equal bytes. */
export function byName<T>(named: Iterable<readonly [string, T]>): Readonly<Record<string, T>> {
  return Object.fromEntries([...named].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** A member for a value that may not be there: `{...optional('id', undefined)}` has no `id`. */
export function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  const entry: { [P in K]?: V } = {};
  if (value !== undefined) entry[key] = value;
  return entry;
}

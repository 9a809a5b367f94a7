/** Names that a suppression list may give the column with the numbers, in lower case. */
const names: readonly string[] = ['phone', 'mobile', 'number'];

/** The column that holds the numbers: the only one, or the one named phone, mobile or number; undefined if unclear. */
export function suppressionColumn(columns: readonly string[]): string | undefined {
  if (columns.length === 1) return columns[0];
  const named = columns.filter((column) => names.includes(column.toLowerCase()));
  return named.length === 1 ? named[0] : undefined;
}

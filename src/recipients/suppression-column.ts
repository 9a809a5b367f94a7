/** Names that a suppression list may give the column with the numbers, however letters, spaces and marks are set. */
export const phoneColumns: readonly string[] = [
  'phone',
  'mobile',
  'number',
  'tel',
  'telephone',
  'cell',
  'msisdn',
  'phone_number',
  'mobile_number',
  'mobile_phone',
  'telephone_number',
  'cell_phone',
];

const known: ReadonlySet<string> = new Set(phoneColumns.map(plain));

/** The column that holds the numbers: the only one, or the only one that has such a name; undefined if unclear. */
export function suppressionColumn(columns: readonly string[]): string | undefined {
  if (columns.length === 1) return columns[0];
  const named = columns.filter((column) => known.has(plain(column)));
  return named.length === 1 ? named[0] : undefined;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

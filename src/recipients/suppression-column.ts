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
  const named = columns.filter(isNamed);
  return named.length === 1 ? named[0] : undefined;
}

/** Whether the name above the only column of a text may be none: an entry with something beside it, or a page that is no list. */
export function isDoubtful(column: string, { entries }: { readonly entries: number }): boolean {
  return !isNamed(column) && (entries === 0 || column.replaceAll(/\P{Nd}/gu, '').length >= fewestDigits);
}

/** Of a number that may be dialled. */
const fewestDigits = 7;

function isNamed(column: string): boolean {
  return known.has(plain(column));
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

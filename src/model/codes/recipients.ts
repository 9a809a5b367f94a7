/** What a file is that was taken for a CSV file. */
export type ForeignFile = 'workbook' | 'web-page' | 'utf-16' | 'binary';

/**
 * Findings about recipient sources and suppression lists as a whole; what is wrong with one row is a RowReason.
 * `path` is the file as shown to people. They stand at the place in the campaign file that names the source, because
 * a code frame of a data file would show people's data.
 */
export type RecipientCodes = {
  SOURCE_MISSING: { readonly path: string };
  /** `problem` is what the system says. */
  SOURCE_UNREADABLE: { readonly path: string; readonly problem: string };
  /** `lacks`: everything (a file without a byte), or rows (a header alone). */
  SOURCE_EMPTY: { readonly path: string; readonly lacks: 'everything' | 'rows' };
  SOURCE_ENCODING: { readonly path: string; readonly encoding: string; readonly line: number };
  SOURCE_ENCODING_UNKNOWN: { readonly path: string; readonly encoding: string };
  SOURCE_NOT_CSV: { readonly path: string; readonly found: ForeignFile };
  /** The header holds several of the delimiters equally often. */
  SOURCE_DELIMITER: { readonly path: string; readonly candidates: readonly string[] };
  /** The first line looks like data; the number of the column that shows it, from 1. */
  SOURCE_HEADER_MISSING: { readonly path: string; readonly column: number };
  SOURCE_HEADER_DUPLICATE: { readonly path: string; readonly name: string; readonly columns: readonly number[] };
  SOURCE_HEADER_EMPTY: { readonly path: string; readonly column: number };
  /** A line break in a name: a quote that does not close, or lines that end in CR alone. */
  SOURCE_HEADER_BREAK: { readonly path: string; readonly column: number };
  SOURCE_HEADER_RESERVED: { readonly path: string; readonly name: string };
  /** Behind this line nobody can say where rows begin. */
  SOURCE_QUOTES: { readonly path: string; readonly line: number };
  /** In bytes. */
  SOURCE_LINE_TOO_LONG: { readonly path: string; readonly line: number; readonly limit: number };
  /** JSON that cannot be read on; `where` is a line and column. */
  SOURCE_JSON: { readonly path: string; readonly where: string; readonly problem: string };
  /** What stands where the list of rows was expected; `at` is the way to it. */
  SOURCE_ITEMS: { readonly path: string; readonly items: string; readonly found: string };
  /** In bytes. */
  SOURCE_TOO_LARGE: { readonly path: string; readonly size: number; readonly limit: number };
  SOURCE_WORKBOOK: { readonly path: string; readonly problem: string };
  /** `sheet` is undefined where none is named. */
  SOURCE_SHEET: {
    readonly path: string;
    readonly sheet?: string;
    readonly sheets: readonly string[];
    readonly meant?: string;
  };
  SOURCE_DATABASE: { readonly path: string; readonly problem: string };
  SOURCE_QUERY: { readonly path: string; readonly problem: string };
  SOURCE_ADDRESS: { readonly path: string; readonly problem: string };
  SOURCE_CHECKSUM: { readonly path: string; readonly expected: string; readonly found: string };
  /** Rows that this command does not read. */
  SOURCE_NOT_READ: { readonly path: string; readonly why: 'remote' | 'secret' };
  /** `use` is what names the column; `known` are those that there are. */
  SOURCE_COLUMN_UNKNOWN: {
    readonly path: string;
    readonly name: string;
    readonly use: 'map' | 'only';
    readonly known: readonly string[];
    readonly meant?: string;
  };
  /** A mapped column has the name of another one of the source. */
  SOURCE_COLUMN_TWICE: { readonly path: string; readonly name: string };
  ROWS_SCHEMA_INVALID: { readonly path: string; readonly problem: string };
  /** `columns` are those that were found, `taken` names of which one would do. */
  SUPPRESSION_COLUMN: {
    readonly path: string;
    readonly columns: readonly string[];
    readonly taken: readonly string[];
  };
  /** Not shown: it may be somebody's number, or a page of any length. */
  SUPPRESSION_HEADER: { readonly path: string; readonly taken: readonly string[] };
  /** `unit`: what `line` counts, where that is no line. */
  SUPPRESSION_ENTRY: {
    readonly path: string;
    readonly line: number;
    readonly unit?: 'row' | 'item';
    readonly reason: string;
  };
  /** Malformed entries beyond those that were told one by one. */
  SUPPRESSION_MORE: { readonly path: string; readonly more: number };
  /** `allowed` as the campaign says it, a count or a percentage; `enough` is the least that would let the list pass, in its unit. */
  RECIPIENTS_INVALID: {
    readonly invalid: number;
    readonly rows: number;
    readonly allowed: string;
    readonly enough: string;
  };
};

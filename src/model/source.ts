import type { Place } from './place.ts';
import type { Template } from './template.ts';

/** Where rows come from. */
export type Source = FileSource | SqlSource | RowsSource;

/** What every source may say of its rows. */
type Shaped = {
  readonly at: Place;
  /** Columns that the source itself does not have under their names, in the order of the file. */
  readonly map?: readonly MappedColumn[];
  /** What a row must meet to be read; default: nothing. */
  readonly only?: readonly Condition[];
};

/** How rows stand in a file. */
export type FileFormat = 'csv' | 'tsv' | 'json' | 'jsonl' | 'xlsx';

/** Rows in a file, here or behind an address. */
export type FileSource = Shaped & {
  readonly kind: FileFormat;
  /** Absolute; of a source with an address empty until it is fetched. */
  readonly path: string;
  /** As shown to people; of an address without its query. */
  readonly file: string;
  readonly address?: RemoteFile;
  /** csv. Default: told from the header among , ; tab |. */
  readonly delimiter?: string;
  /** csv, tsv. Default `utf-8`. */
  readonly encoding?: string;
  /** json: the way to the list, in steps. Default: the whole is the list. */
  readonly items?: readonly string[];
  /** xlsx. Default: the only sheet. */
  readonly sheet?: string;
};

/** A file to be fetched. */
export type RemoteFile = {
  readonly url: string;
  /** By names in lower case; values as written, those with `${...}` are in `Campaign.secrets`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Lower-case hex. */
  readonly sha256?: string;
};

/** Rows that a database answers. */
export type SqlSource = Shaped & {
  readonly kind: 'sql';
  /** A path, or the address of a PostgreSQL database; with `${...}` its value is in `Campaign.secrets`. */
  readonly database: string;
  /** The folder that the path starts from. */
  readonly folder: string;
  /** As shown to people: as written, a path from where they are. */
  readonly file: string;
  readonly query:
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'file'; readonly path: string; readonly file: string };
};

/** Rows that stand in the campaign file itself. */
export type RowsSource = Shaped & {
  readonly kind: 'rows';
  readonly rows: readonly {
    readonly at: Place;
    readonly cells: Readonly<Record<string, string>>;
  }[];
};

/** A column by another name, one text for all rows, or a template over the source's own columns. */
export type MappedColumn = { readonly column: string; readonly at: Place } & (
  | { readonly kind: 'column'; readonly from: string }
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'template'; readonly template: Template }
);

/** What the cell of a column must be. Texts are compared without the white space around them. */
export type Condition = { readonly column: string; readonly at: Place } & (
  | { readonly kind: 'in' | 'not'; readonly values: readonly string[] }
  /** An ISO 8601 date, or date and time; the limit itself is neither before nor after it. */
  | { readonly kind: 'before' | 'after'; readonly limit: string }
);

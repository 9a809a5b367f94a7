import type { FileSource, RowsSource, Source } from '../../model/source.ts';
import type { Place } from '../../model/place.ts';

/** A source whose rows are on this machine: what is read, and how its rows are shaped. */
export type LocalSource = {
  /** As shown to people. */
  readonly file: string;
  readonly at: Place;
  readonly shape: Pick<Source, 'map' | 'only'>;
  readonly rows:
    | { readonly kind: 'file'; readonly source: FileSource }
    | { readonly kind: 'inline'; readonly source: RowsSource }
    | { readonly kind: 'sqlite'; readonly path: string; readonly query: string }
    /** What a database answered, kept in a private file. */
    | { readonly kind: 'spool'; readonly path: string };
};

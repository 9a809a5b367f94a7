export type CsvRecord = {
  readonly cells: readonly string[];
  /** Physical line on which it starts, from 1. */
  readonly line: number;
  /** Physical lines that it takes. */
  readonly lines: number;
  /** `quotes`: a quote within an unquoted cell; `encoding`: bytes that are no UTF-8. */
  readonly fault?: 'quotes' | 'encoding';
};

/**
 * Tells on which physical line a record starts. csv-parse counts too, but a CRLF within quotes twice; so its count
 * only tells whether a record took more than one line, and then line feeds are counted in the cells.
 */
export type LineCounter = {
  /** A record whose last line csv-parse counted as `reached`; before it one that was passed over, if there was. */
  readonly record: (cells: readonly string[], reached: number) => readonly CsvRecord[];
  /** A quote within an unquoted cell: csv-parse passes the record over without telling where it ends. */
  readonly stray: (reached: number) => readonly CsvRecord[];
  /** What is still open at the end of the file. */
  readonly end: () => readonly CsvRecord[];
  /** The line on which the next record starts. */
  readonly next: () => number;
};

/** Starts at line 1. */
export function lineCounter(): LineCounter {
  let line = 1;
  let counted = 0;
  let strayAt: number | undefined;
  const close = (lines: number): readonly CsvRecord[] => {
    if (strayAt === undefined) return [];
    const record: CsvRecord = { cells: [], line, lines, fault: 'quotes' };
    line += lines;
    strayAt = undefined;
    return [record];
  };
  return {
    record: (cells, reached) => {
      const passed = reached - counted;
      const lines = passed === 1 ? 1 : 1 + lineFeedsIn(cells);
      const before = close(Math.max(1, passed - lines));
      const record: CsvRecord = { cells, line, lines };
      line += lines;
      counted = reached;
      return before.length === 0 ? [record] : [...before, record];
    },
    stray: (reached) => {
      if (strayAt === reached) return [];
      const before = strayAt === undefined ? [] : close(Math.max(1, reached - strayAt));
      if (before.length > 0) counted = reached - 1;
      strayAt = reached;
      return before;
    },
    end: () => close(1),
    next: () => line,
  };
}

function lineFeedsIn(cells: readonly string[]): number {
  return cells.reduce((count, cell) => count + cell.split('\n').length - 1, 0);
}

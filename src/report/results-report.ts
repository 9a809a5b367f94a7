import type { Counts } from '../model/wave.ts';
import type { Finding } from './finding.ts';
import { cleanLine } from './clean.ts';
import { countOf } from './quantity.ts';
import { indented } from './indented.ts';
import { renderHeading } from './render-resource.ts';
import { countRows } from './run.ts';
import type { View } from './style.ts';
import { countTable } from './table.ts';
import { wrap } from './width.ts';

/** A table that was written: what `results --format json` prints, described by schema/results.schema.json. */
export type ResultsReport = {
  readonly tool_version: string;
  readonly address: string;
  readonly file: string;
  readonly wave: string;
  /** The file that was written, from the working directory. */
  readonly out: string;
  readonly counts: Counts;
  readonly columns: readonly string[];
  /** Columns of callplan's that the recipients had already, and what they are called in the table. */
  readonly renamed: Readonly<Record<string, string>>;
  readonly diagnostics: readonly Finding[];
};

export function renderResults(report: ResultsReport, view: View): string {
  const { counts, out, columns, renamed } = report;
  const others = Object.entries(renamed).map(
    ([wanted, name]) => `the recipients have a column ${cleanLine(wanted)}: the new one is called ${cleanLine(name)}`,
  );
  const written = `${countOf(counts.recipients, 'recipient')} and ${countOf(columns.length, 'column')} written to ${cleanLine(out)}`;
  const lines = [`${written}, which only you may read`, ...others];
  return `${[
    ...renderHeading(report, view),
    '',
    ...lines.flatMap((line) => wrap(line, view.columns - 2).map((part) => `  ${part}`)),
    ...(counts.recipients === 0
      ? []
      : ['', ...indented(4, countTable(countRows(counts), { ...view, columns: view.columns - 4 }))]),
  ].join('\n')}\n`;
}

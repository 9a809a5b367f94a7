import { cleanLine } from './clean.ts';
import { countOf } from './quantity.ts';
import { indented } from './indented.ts';
import { renderHeading } from './render-resource.ts';
import { countRows } from './count-rows.ts';
import type { ResultsReport } from './results-report.ts';
import type { View } from './style.ts';
import { countTable } from './count-table.ts';
import { wrap } from './width.ts';

/** Where the table was written, and what became of whom. */
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

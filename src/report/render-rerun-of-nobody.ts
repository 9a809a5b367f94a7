import { cleanLine } from './clean.ts';
import { renderHeading } from './render-resource.ts';
import type { RunReport } from './run-report.ts';
import type { View } from './style.ts';
import { wrap } from './width.ts';

/** A rerun that has nobody to call. */
export function renderRerunOfNobody(report: RunReport, view: View): string {
  const lines = wrap(`Nobody to call: ${cleanLine(report.why ?? '')}`, view.columns - 2);
  return `${[...renderHeading(report, view), '', ...lines.map((line) => `  ${line}`)].join('\n')}\n`;
}

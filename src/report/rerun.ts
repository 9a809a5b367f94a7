import type { RunReport } from './run.ts';
import { onlyText } from './parent-words.ts';
import { renderHeading } from './render-resource.ts';
import type { View } from './style.ts';
import { wrap } from './width.ts';
import { cleanLine } from './clean.ts';

/** A rerun that has nobody to call. @param leftOut who was chosen and is left out, in words */
export function renderRerunOfNobody(report: RunReport, leftOut: readonly string[], view: View): string {
  const { parent } = report;
  const only = onlyText(parent?.only ?? [], 'or');
  const nobody =
    leftOut.length > 0
      ? 'Nobody is left to be called again'
      : `Nobody to call again: no recipient of wave ${cleanLine(parent?.wave ?? '')} is ${only}`;
  const lines = [nobody, ...leftOut.map((words) => `- ${words}`)];
  return `${[
    ...renderHeading(report, view),
    '',
    ...lines.flatMap((line) => wrap(line, view.columns - 2).map((part) => `  ${part}`)),
  ].join('\n')}\n`;
}

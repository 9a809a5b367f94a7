import { cleanLine } from './clean.ts';
import { renderHistoryOf } from './render-history.ts';
import type { View } from './style.ts';
import type { TestCallReport } from './test-call-report.ts';
import { fit, wrap } from './width.ts';

/** What a person sees before the question. */
export type BeforeTestCall = {
  readonly address: string;
  readonly file: string;
  /** Masked, unless --show-numbers. */
  readonly phone: string;
  readonly id: string;
  /** What would be said, by the field that says it. */
  readonly said: Readonly<Record<string, string>>;
  /** Recipients with that number. */
  readonly namesakes: readonly string[];
  /** Set where no window is open. */
  readonly closed?: string;
};

/** What a test call would say to whom, before it is asked for. */
export function renderBeforeTestCall(before: BeforeTestCall, { columns, style }: View): string {
  const { phone, id, said, namesakes, closed } = before;
  const them = namesakes.map(cleanLine).join(', ');
  const warnings = [
    ...(closed === undefined ? [] : [closed]),
    ...(namesakes.length === 0
      ? []
      : [`the number is a recipient's (${them}), whom the wave calls all the same: this call counts as nobody's`]),
  ];
  const lines = [
    ...wrap(`One real call to ${phone}, as ${cleanLine(id)} would get it`, columns - 2).map((line) => `  ${line}`),
    ...Object.entries(said).flatMap(([field, text]) => [
      `  ${style.dim(field)}`,
      ...wrap(cleanLine(text), columns - 4).map((line) => `    ${line}`),
    ]),
    ...warnings.flatMap((warning) => wrap(`! ${warning}`, columns - 2).map((line) => `  ${style.yellow(line)}`)),
  ];
  return `${[style.bold(before.address), style.dim(fit(cleanLine(before.file), columns)), '', ...lines].join('\n')}\n`;
}

/** What became of a test call. */
export function renderTestCall({ address, file, call }: TestCallReport, view: View): string {
  const { style, columns } = view;
  return `${[
    style.bold(address),
    style.dim(fit(cleanLine(file), columns)),
    '',
    ...renderHistoryOf(call, view),
    '',
    "  It belongs to no wave and counts as nobody's call.",
  ].join('\n')}\n`;
}

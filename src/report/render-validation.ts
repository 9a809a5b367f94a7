import { cleanLine } from './clean.ts';
import { hang } from './hang.ts';
import { invalidNote, recipientsHeading } from './render-recipients.ts';
import { count, countOf } from './quantity.ts';
import { rowWords } from './row-place.ts';
import { indented } from './indented.ts';
import { renderHeading } from './render-resource.ts';
import type { View } from './style.ts';
import { countTable } from './count-table.ts';
import type { CampaignValidation, InvalidRow, RecipientsValidation, ValidationReport } from './validation-report.ts';
import { padEnd, wrap } from './width.ts';

/** What validation found besides the findings, which are rendered with their code frames. */
export function renderValidation(report: ValidationReport, view: View): string {
  const read = report.campaigns.filter(({ recipients }) => recipients !== null);
  const parts = read.map((campaign) => renderCampaign(campaign, view).join('\n'));
  const summary = renderSummary(report, view).join('\n');
  return [...parts, summary].filter((part) => part !== '').join('\n\n');
}

function renderCampaign(campaign: CampaignValidation, view: View): readonly string[] {
  const { recipients } = campaign;
  const inner = { ...view, columns: view.columns - 2 };
  return [
    ...renderHeading(campaign, view),
    ...(recipients === null ? [] : ['', ...indented(2, renderRows(recipients, inner))]),
  ];
}

function renderRows(recipients: RecipientsValidation, view: View): readonly string[] {
  const { columns } = view;
  const { valid, suppressed, repeated, invalid } = recipients;
  const rows = [
    { sign: '+', value: valid, name: 'valid', note: '' },
    { sign: '!', value: suppressed, name: 'suppressed', note: 'on a do-not-call list' },
    { sign: ' ', value: repeated, name: 'repeated', note: 'same id and phone as an earlier row: called once' },
    { sign: ' ', value: recipients.left_out ?? 0, name: 'left out', note: 'not what `only` asks for' },
    { sign: '!', value: invalid.rows, name: 'invalid', note: invalidNote(invalid) },
  ].filter(({ value, name }) => value > 0 || name === 'valid');
  const table = rows.map(({ sign, value, name, note }) => ({ sign, count: count(value), name, note }));
  return [
    ...recipientsHeading(recipients, view),
    ...indented(2, countTable(table, { ...view, columns: columns - 2 })),
    ...renderInvalid(recipients, view),
  ];
}

/** The first rows that cannot be called, by their source; no lines where there is none. */
export function renderInvalid({ first_invalid: first, invalid }: RecipientsValidation, view: View): readonly string[] {
  const bySource = Map.groupBy(first, ({ source }) => source);
  const which = invalid.rows > first.length ? `, the first ${count(first.length)} of all` : '';
  return [...bySource].flatMap(([source, rows]) => [
    '',
    `${view.style.bold('Not callable')}  ${view.style.dim(`${cleanLine(source)}${which}`)}`,
    ...rows.flatMap((row) => renderRow(row, view)),
  ]);
}

function renderRow({ code, message, ...place }: InvalidRow, { columns }: View): readonly string[] {
  const head = `  ${padEnd(rowWords(place), 11)} `;
  return hang(`${cleanLine(message)} (${code})`, columns, { first: head });
}

/** The findings have a summary of their own. */
function renderSummary(
  { campaigns, summary, missing_secrets: missing }: ValidationReport,
  { columns, style }: View,
): readonly string[] {
  const note = `${missing.join(', ')} not set: plan, apply and run need ${missing.length === 1 ? 'it' : 'them'}.`;
  return [
    ...(summary.errors > 0 ? [] : [style.green(`Valid: ${countOf(campaigns.length, 'campaign')}.`)]),
    ...(missing.length === 0 ? [] : wrap(note, columns)),
  ];
}

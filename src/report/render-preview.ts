import { cleanLine, cleanText } from './clean.ts';
import type { HttpRequest } from '../model/plan.ts';
import { hang } from './hang.ts';
import { namedLines } from './named-lines.ts';
import type { PreviewedRecipient, PreviewReport } from './preview-report.ts';
import { countOf } from './quantity.ts';
import { renderHeading } from './render-resource.ts';
import { rowPlace } from './row-place.ts';
import type { View } from './style.ts';
import { wrap } from './width.ts';

/** What the first recipients would be sent. */
export function renderPreview(report: PreviewReport, view: View): string {
  const parts = [
    renderHeading(report, view),
    ...report.recipients.map((recipient) => renderRecipient(recipient, view)),
    ...report.requests.map((request) => renderRequest(request, view)),
    namedLines(
      report.calling.map(({ name, words }) => [name, words]),
      view,
    ),
    ...report.notes.map((note) => wrap(note, view.columns - 2).map((line) => `  ${view.style.dim(line)}`)),
    ...(report.invalid.length === 0 ? [] : [renderInvalid(report, view)]),
  ];
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function renderRecipient(recipient: PreviewedRecipient, { columns, style }: View): readonly string[] {
  const { id, phone, zone, texts, suppressed } = recipient;
  const place = cleanLine(rowPlace(recipient));
  const details = [...(id === phone ? [] : [phone]), ...(zone === null ? [] : [zone]), place].join('  ');
  const head = `  ${style.bold(cleanLine(id))}  ${style.dim(details)}`;
  const flag = suppressed ? [style.yellow('    on a do-not-call list: would not be called')] : [];
  const said = Object.entries(texts).flatMap(([field, text]) => [
    style.dim(`    ${field}`),
    ...wrap(cleanText(text), columns - 6).map((part) => `      ${part}`),
  ]);
  return [head, ...flag, ...said];
}

/** The body is shown as it is sent, so that it can be compared with the API's page. */
function renderRequest({ method, url, body }: HttpRequest, { style }: View): readonly string[] {
  const json = cleanText(JSON.stringify(body ?? null, null, 2));
  return [style.bold(`  ${method} ${url}`), ...json.split('\n').map((line) => `  ${line}`)];
}

function renderInvalid({ invalid }: PreviewReport, { columns, style }: View): readonly string[] {
  return [
    style.yellow(`  ${countOf(invalid.length, 'row')} on the way cannot be called`),
    ...invalid.flatMap(({ message, code, ...place }) =>
      hang(`${cleanLine(rowPlace(place))} ${message} (${code})`, columns, { first: '    ', rest: '      ' }),
    ),
  ];
}

/** Reads a list (path and count of rows on the command line) and prints how fast that was, for rows.ts. */
import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { compileTemplate } from '../src/campaign/template/compile.ts';
import { openRecipients } from '../src/input/load-recipients.ts';
import type { Campaign } from '../src/model/campaign.ts';
import type { Template } from '../src/model/template.ts';
import { systemFiles } from '../src/system/files.ts';
import type { RowsBench, RowsPass } from './rows.ts';

const [listPath = '', listRows = '0'] = process.argv.slice(2);
process.stdout.write(JSON.stringify(await measure(listPath, Number(listRows))));

async function measure(path: string, rows: number): Promise<RowsBench> {
  const before = process.memoryUsage().rss;
  let peak = before;
  const recipients = await timed('recipients', rows, async () => {
    for await (const batch of readRecipients(path)) peak = Math.max(peak, batch > 0 ? process.memoryUsage().rss : 0);
  });
  const bare = await timed('csv-parse alone', rows, () => parseOnly(path));
  const passes = [recipients, bare];
  return { rows, passes, peakRssMb: Math.round(peak / 1e6), growthMb: Math.round((peak - before) / 1e6) };
}

async function timed(name: string, rows: number, work: () => Promise<void>): Promise<RowsPass> {
  const start = performance.now();
  await work();
  const seconds = (performance.now() - start) / 1000;
  return { name, seconds, rowsPerSecond: Math.round(rows / seconds) };
}

async function* readRecipients(path: string): AsyncGenerator<number> {
  const opened = await openRecipients(
    campaign(path),
    { files: systemFiles },
    {
      sent: ['patient_name', 'date', 'time'],
      hasPlaceholder: (text) => text.includes('['),
    },
  );
  if (opened.kind === 'failed') throw new Error('the list cannot be read');
  for await (const batch of opened.read()) yield batch.length;
  if (opened.summary().valid !== opened.summary().rows) throw new Error('not every row is valid');
}

/** Eight templates a row, as in the worked example. */
function campaign(path: string): Campaign {
  const at = { file: 'campaign.yaml', line: 1, col: 1 };
  const parts: Pick<Campaign, 'recipients' | 'call' | 'variables'> = {
    variables: {},
    call: { kind: 'map', entries: { tts_voice_accent: { kind: 'literal', value: 'pidgin' } } },
    recipients: {
      at,
      sources: [{ kind: 'csv', path, file: 'recipients.csv', at }],
      id: template('{{appointment_id}}'),
      phone: template('{{mobile}}'),
      country: template('NG'),
      timezone: template('Africa/Lagos'),
      notAfter: template('{{appointment}}'),
      samePhone: 'report',
      suppress: [],
      maxInvalid: { kind: 'rows', rows: 0 },
      variables: {
        patient_name: template('{{first_name}} {{last_name}}'),
        date: template("{{formatDate appointment 'EEEE, d MMMM'}}"),
        time: template("{{formatDate appointment 'HH:mm'}}"),
      },
    },
  };
  return parts as Campaign;
}

function template(source: string): Template {
  const compiled = compileTemplate(source, { file: 'campaign.yaml', line: 1, col: 1 }, { constants: {}, locale: 'en' });
  if (compiled.kind === 'failed') throw new Error(`not a template: ${source}`);
  return compiled.template;
}

/** The same file, with nothing done to its rows. */
async function parseOnly(path: string): Promise<void> {
  let seen = 0;
  for await (const record of createReadStream(path).pipe(parse())) seen += Array.isArray(record) ? 1 : 0;
  if (seen === 0) throw new Error('nothing was read');
}

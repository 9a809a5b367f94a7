/**
 * A million rows, from the CSV file to a wave in the ledger whose first call could go out: the whole process of `callplan
 * run`, beside a process of bare csv-parse. It is asked to stop once all are enrolled; its windows are closed, so nobody is called.
 */
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Figure } from './figure.ts';
import { beside, measure, measureUntil, stub, type Measured } from './measure.ts';

const rows = 1_000_000;

export async function benchList(): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'callplan-bench-'));
  try {
    await using server = await stub();
    const list = join(folder, 'recipients.csv');
    await pipeline(Readable.from(lines()), createWriteStream(list));
    await mkdir(join(folder, '.git'));
    await writeFile(join(folder, 'campaign.yaml'), campaignYaml(server.base));
    const bare = await measure([beside('list/bare.mjs'), list]);
    const first = await enrol(folder);
    const again = await enrol(folder);
    return [
      ...figures('enrolling 1,000,000 rows, each read twice', first, bare),
      ...figures('enrolling them again, unread', again, bare),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Until the progress line that follows the enrolment; its peak is that of the whole process, results written. */
function enrol(folder: string): Promise<Measured> {
  const run = ['run', 'campaign.yaml', '--apply', '--approve', String(rows)];
  return measureUntil(/0 of 1,000,000 done/, [beside('../dist/bin.js'), ...run], folder);
}

function figures(name: string, ours: Measured, bare: Measured): readonly Figure[] {
  const speed = ({ seconds }: Measured): string => Math.round(rows / seconds).toLocaleString('en');
  return [
    { name: `${name}: memory`, value: ours.peakMb, unit: 'MB', atMost: 350, of: 'peak of the whole process' },
    {
      name: `${name}: wall`,
      value: ours.seconds / bare.seconds,
      unit: 'times',
      of: `${speed(ours)} rows a second beside ${speed(bare)} of bare csv-parse`,
    },
  ];
}

/** Appointments of a clinic: half of the numbers local, half international, a note in quotes now and then. */
function* lines(): Generator<string> {
  yield 'appointment_id,mobile,first_name,last_name,appointment,room,note\n';
  for (let index = 0; index < rows; index += 1) {
    const number = `80${String(30_000_000 + index)}`;
    const hour = String(8 + (index % 10)).padStart(2, '0');
    const minute = String((index * 5) % 60).padStart(2, '0');
    const cells = [
      `GC-${String(index)}`,
      index % 2 === 0 ? `0${number}` : `+234${number}`,
      `Ada${String(index % 977)}`,
      `Abara${String(index % 1013)}`,
      `2099-11-${String(24 + (index % 2))}T${hour}:${minute}`,
      `Room ${String(index % 12)}`,
      index % 7 === 0 ? '"bring the card, please"' : '',
    ];
    yield `${cells.join(',')}\n`;
  }
}

/** Eight templates a row, as in the worked example. */
function campaignYaml(base: string): string {
  return `version: 1
campaign: clinic-reminders
wave: "2026-11-24"
provider: {type: intron, api_key: "\${env.INTRON_API_KEY}", base_url: "${base}"}
workflow:
  name: Clinic reminder
  workflow_type: ROBOCALL
  message: "Hello {{patient_name}}, your appointment is on {{date}} at {{time}}."
recipients:
  from: [{csv: recipients.csv}]
  id: "{{appointment_id}}"
  phone: "{{mobile}}"
  country: NG
  timezone: Africa/Lagos
  not_after: "{{appointment}}"
  variables:
    patient_name: "{{first_name}} {{last_name}}"
    date: "{{formatDate appointment 'EEEE, d MMMM'}}"
    time: "{{formatDate appointment 'HH:mm'}}"
call: {tts_voice_accent: pidgin, tts_voice_gender: female}
execution: {windows: [{days: [${dayFarFromToday()}], from: "09:00", to: "18:00"}]}
`;
}

function dayFarFromToday(): string {
  const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
  return days[(new Date().getUTCDay() + 3) % days.length] ?? '';
}

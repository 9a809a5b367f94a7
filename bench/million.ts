/**
 * A million recipients of six zones, most of them asleep, with windows and retries: `callplan run` is killed in the middle
 * and started again. What counts is how soon the second process calls somebody, and the most memory that either takes.
 */
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Figure } from './figure.ts';
import { beside, runUntilCalls, stub } from './measure.ts';

const recipients = 1_000_000;
/** Of those who are awake, so many are called before the kill. */
const before = 10_000;
const awake = 'Africa/Lagos';
/** All of them at least three hours from Lagos, summer and winter. */
const asleep = ['America/New_York', 'America/Los_Angeles', 'Asia/Kolkata', 'Asia/Tokyo', 'Australia/Sydney'];

export async function benchMillion(): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'callplan-bench-'));
  try {
    await using server = await stub({ noAnswer: '7' });
    await writeCampaign(folder, server.base);
    const run = [beside('../dist/bin.js'), 'run', 'campaign.yaml', '--apply', '--approve', String(recipients)];
    const first = await runUntilCalls(before, 'SIGKILL', run, { folder, base: server.base });
    const second = await runUntilCalls(1, 'SIGTERM', run, { folder, base: server.base });
    return [
      memory('1,000,000 recipients, killed: memory', first.peakMb),
      memory('1,000,000 recipients, again: memory', second.peakMb),
      {
        name: '1,000,000 recipients, again: first call',
        value: second.seconds,
        unit: 's',
        atMost: 10,
        of: `after ${before.toLocaleString('en')} calls and SIGKILL; ${first.firstCallSeconds.toFixed(1)} s the first time`,
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function memory(name: string, value: number): Figure {
  return { name, value, unit: 'MB', atMost: 500, of: 'peak of the whole process' };
}

/** Files of the campaign, in an empty folder. */
async function writeCampaign(folder: string, base: string): Promise<void> {
  await mkdir(join(folder, '.git'));
  await pipeline(Readable.from(lines()), createWriteStream(join(folder, 'recipients.csv')));
  await writeFile(join(folder, 'do-not-call.csv'), doNotCall());
  await writeFile(join(folder, 'campaign.yaml'), campaignYaml(base));
}

/** One of twenty is awake. Half of the rows name their zone, of the others the number tells it. */
function* lines(): Generator<string> {
  yield 'appointment_id,mobile,name,zone,since,until\n';
  for (let index = 0; index < recipients; index += 1) {
    const isAwake = index % 20 === 0;
    const zone = isAwake ? awake : (asleep[index % asleep.length] ?? '');
    const hasZone = isAwake ? index % 40 === 0 : index % 2 === 0;
    const number = hasZone || isAwake ? `+23480${String(30_000_000 + index)}` : `+1212${String(2_000_000 + index)}`;
    const until = index % 10 === 3 ? '2099-11-24T12:00:00Z' : '';
    yield `GC-${String(index)},${number},Ada${String(index % 977)},${hasZone ? zone : ''},2026-01-01T00:00:00Z,${until}\n`;
  }
}

function doNotCall(): string {
  const numbers = Array.from({ length: 1_000 }, (_, index) => `+23480${String(30_000_000 + index * 40)}\n`);
  return `phone\n${numbers.join('')}`;
}

function campaignYaml(base: string): string {
  return `version: 1
campaign: clinic-reminders
wave: "2026-11-24"
provider: {type: intron, api_key: "\${env.INTRON_API_KEY}", base_url: "${base}", statuses: {NO_ANSWER: no_answer}}
workflow: {name: Clinic reminder, workflow_type: ROBOCALL, message: "Hello {{patient_name}}."}
recipients:
  from: [{csv: recipients.csv}]
  id: "{{appointment_id}}"
  phone: "{{mobile}}"
  country: NG
  timezone: "{{default zone ''}}"
  not_before: "{{since}}"
  not_after: "{{default until ''}}"
  variables: {patient_name: "{{name}}"}
  suppress: [{csv: do-not-call.csv}]
execution:
  concurrency: 300
  rate: 100000/s
  windows: [{days: [mon, tue, wed, thu, fri, sat, sun], from: "${clockInLagos(-90)}", to: "${clockInLagos(90)}"}]
  holidays: [2026-12-25]
  attempts: {max: 3, retry: {no_answer: [30m, 2h]}}
  per_person: {calls: 3, per: 24h}
  end_at: "2099-12-31T00:00:00Z"
  follow_up: {every: 1s, for: 1h}
  look_up: {settle: 1s}
`;
}

/** Lagos is an hour ahead of UTC all the year. */
function clockInLagos(minutesFromNow: number): string {
  return new Date(Date.now() + (60 + minutesFromNow) * 60_000).toISOString().slice(11, 16);
}

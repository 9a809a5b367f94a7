/** How fast a list of a million recipients gets into the ledger, and what it takes in memory. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { E164, Recipient } from '../src/model/recipient.ts';
import { recipientTag } from '../src/model/reference.ts';
import { openSqlite } from '../src/store/sqlite/open.ts';
import { systemRandom } from '../src/system/random.ts';

/** One pass over the list. */
export type EnrolPass = { readonly name: string; readonly seconds: number; readonly rowsPerSecond: number };

export type EnrolBench = {
  readonly recipients: number;
  /** A first enrolment, the same list again, and a comparison that writes nothing. */
  readonly passes: readonly EnrolPass[];
  /** Highest resident set of the process, MB; and how much that is above where it began. */
  readonly peakRssMb: number;
  readonly growthMb: number;
  /** Size of the store's file, MB. */
  readonly fileMb: number;
  /** Seconds to count the states of all recipients. */
  readonly countSeconds: number;
};

const address = { campaign: 'clinic-reminders', environment: 'prod' };
const batchSize = 1_000;

/** Enrols into a store of its own in the system's folder for temporary files, and removes it. */
export async function benchEnrol(recipients = 1_000_000): Promise<EnrolBench> {
  const folder = await mkdtemp(join(tmpdir(), 'callplan-bench-'));
  try {
    return await measure(join(folder, '.callplan', 'callplan.db'), recipients);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(path: string, recipients: number): Promise<EnrolBench> {
  const beforeKb = process.memoryUsage().rss / 1024;
  const store = await openSqlite(path, { create: true, random: systemRandom });
  const printed = `${address.campaign}/${address.environment}`;
  const lease = await store.acquire(printed, { hostname: 'bench', pid: 1, started: '', command: 'bench' }, 1);
  if (lease.kind !== 'held') throw new Error('the new store is held');
  const scope = await store.openWave(printed, '2026-11-24', lease.fence, 1);
  const options = { callEach: false, tagOf: (key: string) => recipientTag(address, '2026-11-24', key), nowMs: 2 };
  const passes = [
    await timed('enrol', recipients, () => store.enrol(scope, list(recipients), options)),
    await timed('enrol again', recipients, () => store.enrol(scope, list(recipients), options)),
    await timed('compare', recipients, () => store.compare(scope.waveId, list(recipients), options)),
  ];
  const count = await timed('count', recipients, () => store.counts(scope.waveId));
  await store.close();
  const { size } = await import('node:fs/promises').then(({ stat }) => stat(path));
  const peakKb = process.resourceUsage().maxRSS;
  return {
    recipients,
    passes,
    peakRssMb: Math.round(peakKb / 1024),
    growthMb: Math.round((peakKb - beforeKb) / 1024),
    fileMb: Math.round(size / 1024 / 1024),
    countSeconds: count.seconds,
  };
}

async function timed(name: string, recipients: number, work: () => Promise<unknown>): Promise<EnrolPass> {
  const startMs = performance.now();
  await work();
  const seconds = (performance.now() - startMs) / 1000;
  return { name, seconds, rowsPerSecond: Math.round(recipients / seconds) };
}

async function* list(recipients: number): AsyncIterable<readonly Recipient[]> {
  for (let from = 0; from < recipients; from += batchSize) {
    yield Array.from({ length: Math.min(batchSize, recipients - from) }, (_, index) => recipient(from + index));
  }
}

/** Numbers spread over the index as they do in life: each list position has one far from its neighbour's. */
function recipient(index: number): Recipient {
  const number = (index * 7_919) % 10_000_019;
  const id = `appointment-${String(index)}`;
  return {
    key: id,
    phone: phone(`+23480${String(number).padStart(8, '0')}`),
    zone: 'Africa/Lagos',
    row: {
      appointment_id: id,
      mobile: `080${String(number).padStart(8, '0')}`,
      first_name: 'Adaeze',
      last_name: `Okonkwo ${String(index % 997)}`,
      appointment: '2026-11-25T10:30',
      doctor: 'Dr. Bello',
    },
    variables: { patient_name: `Adaeze Okonkwo ${String(index % 997)}`, date: '25 November', time: '10:30' },
    call: { tts_voice_accent: 'pidgin', tts_voice_gender: 'female' },
    source: { source: 'recipients.csv', line: index + 2 },
    suppressed: index % 1_000 === 999,
  };
}

function phone(text: string): E164 {
  return text as E164;
}

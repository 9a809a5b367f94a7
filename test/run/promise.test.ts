/** The promise of the run, on the real engine under a clock that jumps: made-up worlds, faults, interruptions. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import type { Http } from '../../src/ports.ts';
import type { Faults } from '../../src/sandbox/faults.ts';
import { intronSandbox } from '../../src/sandbox/intron.ts';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import { world, type FakeWorld } from '../support/world.ts';

const people = 24;

type Made = {
  readonly faults: Faults;
  readonly batchSize: number;
  readonly attempts: number;
  readonly type: 'ROBOCALL' | 'CONVERSATION';
  readonly concurrency: number;
  /** Virtual ms after which a run is interrupted, twice in a row; none: left alone. */
  readonly interruptions: readonly number[];
};

/** A world by its seed: each fault is on in some of them. */
function made(seed: number): Made {
  const random = seededRandom(seed);
  const maybe = (share: number): number => (random.next() < 0.5 ? share * random.next() : 0);
  const pick = <T>(...values: readonly [T, ...T[]]): T =>
    values[Math.floor(random.next() * values.length)] ?? values[0];
  return {
    faults: {
      'lose-response': maybe(0.4),
      'fail-after-placing': maybe(0.3),
      'fail-before-placing': maybe(0.2),
      throttle: maybe(0.2),
      'cut-body': maybe(0.1),
      'missing-entry': random.next() < 0.15,
      'echo-requests-only': random.next() < 0.3,
      'list-lag': pick(0, 2_000, 40_000),
      'page-cap': pick(3, 100),
    } as Faults,
    batchSize: pick(1, 1, 4, 10),
    attempts: pick(1, 2, 3),
    type: pick('ROBOCALL', 'CONVERSATION'),
    concurrency: pick(1, 5, 30),
    interruptions: [pick(400, 3_000), pick(900, 20_000), pick(5_000, 61_000)],
  };
}

function campaignOf(one: Made): string {
  return `version: 1
campaign: garage-recall
wave: "2026-11"
provider:
  type: intron
  api_key: \${env.INTRON_API_KEY}
  statuses: {TIMEOUT: no_answer, BUSY: busy, FAILED: failed, VOICEMAIL: voicemail}
workflow:
  name: Recall
  workflow_type: ${one.type}
  message: Hello {{name}}, your car {{plate}} needs a new brake hose.
recipients:
  from: [{csv: people.csv}]
  id: "{{plate}}"
  phone: "{{phone}}"
execution:
  concurrency: ${String(one.concurrency)}
  rate: 5/s
  batch_size: ${String(one.batchSize)}
  windows: always
  attempts: {max: ${String(one.attempts)}${one.attempts > 1 ? ', retry: {no_answer: [10m], busy: [5m]}' : ''}}
  follow_up: {every: 15s, for: 30m}
  look_up: {settle: 5m}
`;
}

function peopleCsv(): string {
  const rows = Array.from({ length: people }, (_, index) => {
    const two = String(index).padStart(2, '0');
    return `GR-${two},Ada,+23480312340${two}`;
  });
  return `plate,name,phone\n${rows.join('\n')}\n`;
}

type Dial = { readonly reference: string; readonly phone: string };

/** Every call that the sandbox placed, by the reference that was sent. */
function dialsOf(sandbox: ReturnType<typeof intronSandbox>): readonly Dial[] {
  return sandbox.snapshot().calls.map((call) => {
    const tags = { ...(call['user_tag_identifiers'] as object), ...(call['workflow_variables'] as object) };
    return {
      reference: String((tags as Record<string, unknown>)['callplan_ref']),
      phone: String(call['phone_number']),
    };
  });
}

/** Refuses to carry a placing request whose intents are not durable in the store's file. */
function watched(http: Http, storeOf: () => string, broken: string[]): Http {
  return (request, signal) => {
    if (request.method === 'POST' && request.url.endsWith('/call')) {
      const references = [...(request.body ?? '').matchAll(/cp1\.[a-z2-7]{16}\.[a-z2-7]{16}\.\d+/g)].map(
        ([found]) => found,
      );
      const database = new DatabaseSync(storeOf(), { readOnly: true });
      const known = database.prepare("SELECT reference FROM attempt WHERE state = 'intent'").all();
      database.close();
      const durable = new Set(known.map(({ reference }) => reference));
      for (const reference of references) if (!durable.has(reference)) broken.push(reference);
    }
    return http(request, signal);
  };
}

async function carry(
  one: Made,
  seed: number,
): Promise<{
  readonly world: FakeWorld;
  readonly dials: readonly Dial[];
  readonly broken: readonly string[];
  readonly exit: number;
  readonly runs: number;
}> {
  const broken: string[] = [];
  let sandbox: ReturnType<typeof intronSandbox> | undefined;
  let folder = '';
  const w = await world({
    seed,
    env: { INTRON_API_KEY: 'made-up' },
    http: ({ clock }) => {
      sandbox = intronSandbox({ clock, random: seededRandom(seed), faults: one.faults });
      return watched(sandbox.http, () => join(folder, '.callplan/callplan.db'), broken);
    },
  });
  folder = w.cwd;
  await writeFile(join(folder, 'campaign.yaml'), campaignOf(one));
  await writeFile(join(folder, 'people.csv'), peopleCsv());
  const argv = ['run', 'campaign.yaml', '--apply', '--approve', String(people)];
  let exit = -1;
  let runs = 0;
  // 7 before there are results: the resource was not applied.
  for (; runs < 40 && exit !== 0 && !(exit === 7 && (await hasResults(folder))); runs += 1) {
    const interruption = one.interruptions[runs];
    const over = new AbortController();
    if (interruption !== undefined) {
      void w.clock.sleep(interruption, over.signal).then(() => {
        if (over.signal.aborted) return;
        w.interrupt('SIGTERM');
        w.interrupt('SIGTERM');
      });
    }
    exit = await main(argv, w);
    over.abort();
  }
  return { world: w, dials: sandbox === undefined ? [] : dialsOf(sandbox), broken, exit, runs };
}

async function hasResults(folder: string): Promise<boolean> {
  return readFile(join(folder, 'runs/garage-recall/default/2026-11/results.jsonl')).then(
    () => true,
    () => false,
  );
}

describe('a run under faults and interruptions', () => {
  const seeds = Array.from({ length: Number(process.env['CALLPLAN_WORLDS'] ?? 12) }, (_, index) => index + 1);
  test.each(seeds)('dials each attempt at most once and loses nobody: world %i', async (seed) => {
    const one = made(seed);
    const carried = await carry(one, seed);
    await using left = carried.world;
    const replay = JSON.stringify({ seed, ...one });
    expect(carried.broken, `a request without a durable intent: ${replay}`).toEqual([]);
    const references = carried.dials.map(({ reference }) => reference);
    expect(references.length, `dialled twice: ${replay}`).toBe(new Set(references).size);
    const byPhone = Map.groupBy(carried.dials, ({ phone }) => phone);
    for (const dials of byPhone.values()) expect(dials.length, replay).toBeLessThanOrEqual(one.attempts);
    expect([0, 7], `${replay}\n${left.terminal.stderrText().slice(-2_000)}`).toContain(carried.exit);
    const results = await readFile(join(left.cwd, 'runs/garage-recall/default/2026-11/results.jsonl'), 'utf8');
    const states = results
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { readonly state: string }).state);
    expect(states.length, replay).toBe(people);
    expect(
      states.every((state) => ['done', 'rejected', 'unresolved'].includes(state)),
      replay,
    ).toBe(true);
    const called = states.filter((state) => state === 'done').length;
    expect(byPhone.size, `said to be called and was not: ${replay}`).toBeGreaterThanOrEqual(called);
  });
});

/** The ledger's laws, whatever happens in whatever order. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { evolve } from '../../src/ledger/evolve.ts';
import type { Attempt, AttemptEvent, AttemptState } from '../../src/model/attempt.ts';
import type { Counts, ResultRow } from '../../src/model/wave.ts';
import { Ledger, patient, phoneOf } from './ledger.ts';
import { openTemporary } from './sqlite-store.ts';
import type { SqliteOpened } from './sqlite-store.ts';

/** Something that happens to one of two campaigns that call the same people. */
type Act = {
  readonly campaign: 0 | 1;
  readonly choice: number;
} & (
  | { readonly kind: 'enrol'; readonly ids: readonly number[] }
  | { readonly kind: 'admit' | 'event' | 'postpone' }
  | { readonly kind: 'import'; readonly id: number; readonly n: number }
  | { readonly kind: 'opt_out' | 'opt_in'; readonly id: number }
  | { readonly kind: 'wait'; readonly ms: number }
);

const common = { campaign: fc.constantFrom<0 | 1>(0, 1), choice: fc.nat({ max: 999 }) };
const person = fc.nat({ max: 5 });
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ ...common, kind: fc.constant('enrol'), ids: fc.uniqueArray(person) }) },
  { weight: 3, arbitrary: fc.record({ ...common, kind: fc.constantFrom('admit', 'postpone') }) },
  { weight: 8, arbitrary: fc.record({ ...common, kind: fc.constant('event') }) },
  {
    weight: 2,
    arbitrary: fc.record({ ...common, kind: fc.constant('import'), id: person, n: fc.integer({ min: 1, max: 3 }) }),
  },
  { weight: 1, arbitrary: fc.record({ ...common, kind: fc.constantFrom('opt_out', 'opt_in'), id: person }) },
  { weight: 1, arbitrary: fc.record({ ...common, kind: fc.constant('wait'), ms: fc.constantFrom(1_000, 60_000) }) },
);

test('folding the events gives the states, states sum to the recipients, a phone rings once at a time or not at all', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 10, maxLength: 40, size: 'max' }), async (acts) => {
      await using opened = await openTemporary();
      const ledgers = [
        await Ledger.open(opened.store, { callEach: true }),
        await Ledger.open(opened.store, { campaign: 'garage-recall' }),
      ] as const;
      for (const one of acts) {
        const ledger = ledgers[one.campaign];
        ledger.nowMs = Math.max(ledgers[0].nowMs, ledgers[1].nowMs);
        await perform(ledger, one, opened);
        await checkPhones(opened);
        for (const each of ledgers) await checkWave(each);
      }
      await checkReplay(opened, ledgers);
    }),
    { numRuns: 60 },
  );
}, 30_000);

async function perform(ledger: Ledger, one: Act, opened: SqliteOpened): Promise<void> {
  const { store, scope } = ledger;
  switch (one.kind) {
    case 'enrol': {
      const list = one.ids.map((id) => patientOf(id, one.choice));
      const compared = await ledger.compare(...list);
      expect(await ledger.enrol(...list)).toEqual(compared);
      return;
    }
    case 'admit': {
      const busy = new Set(opened.sql(openPhones).map(({ phone }) => phone));
      const refusing = opened.sql(optedOut).map(({ phone }) => phone);
      for (const { attempt } of await ledger.admit({ max: 1 + (one.choice % 4) })) {
        expect(busy).not.toContain(attempt.phone);
        expect(refusing).not.toContain(attempt.phone);
        busy.add(attempt.phone);
      }
      return;
    }
    case 'event': {
      const open = await store.openAttempts(scope.waveId, ['intent', 'accepted', 'in_doubt', 'unresolved']);
      const attempt = open[one.choice % Math.max(1, open.length)];
      if (attempt !== undefined) expect(await ledger.happens(attempt, eventFor(attempt, one.choice))).toBeDefined();
      return;
    }
    case 'import':
      await ledger.import({ id: one.id, n: one.n, phone: phoneOf(one.id % 4) });
      return;
    case 'postpone': {
      const open = await store.openAttempts(scope.waveId, ['accepted', 'in_doubt']);
      await store.postpone(
        scope,
        open.map((attempt) => ({ attempt, dueMs: ledger.nowMs })),
      );
      return;
    }
    case 'opt_out':
      await store.addOptOuts([phoneOf(one.id % 4)], { atMs: ledger.nowMs, by: 'ada' });
      return;
    case 'opt_in':
      await store.removeOptOuts([phoneOf(one.id % 4)], { atMs: ledger.nowMs, by: 'ada' });
      return;
    case 'wait':
      ledger.tick(one.ms);
  }
}

/** Six people with four phones, some of them on the suppression list now and then. */
function patientOf(id: number, choice: number): ReturnType<typeof patient> {
  const suppressed = (choice + id) % 5 === 0;
  return patient(id, { number: id % 4, suppressed, call: { accent: choice % 2 } });
}

/** One of the events that can come next. */
function eventFor({ state }: Attempt, choice: number): AttemptEvent {
  const handle = { callId: `call-${String(choice)}` };
  const events: Readonly<Record<AttemptState['kind'], readonly AttemptEvent[]>> = {
    intent: [
      { kind: 'accepted', handle },
      { kind: 'refused', reason: 'HTTP 400' },
      { kind: 'voided', reason: 'HTTP 429' },
      { kind: 'doubted', why: 'the connection broke', needs: 2 },
      { kind: 'doubted', why: 'the batch was refused', needs: 1 },
    ],
    accepted: [
      { kind: 'seen', handle, status: 'RINGING' },
      { kind: 'ended', outcome: 'answered', handle, seconds: choice % 60, reply: { option: String(choice % 2) } },
      { kind: 'ended', outcome: 'no_answer', handle },
      { kind: 'ended', outcome: 'voicemail', handle, optOut: true },
    ],
    in_doubt: [
      { kind: 'seen', handle },
      { kind: 'restarted' },
      { kind: 'not_seen' },
      { kind: 'look_failed', reason: 'HTTP 500' },
      { kind: 'voided', reason: 'absent' },
      { kind: 'gave_up', reason: 'ambiguous' },
    ],
    unresolved: [
      { kind: 'settled', as: 'called', by: 'ada' },
      { kind: 'settled', as: 'not-called', by: 'ada' },
    ],
    ended: [],
    rejected: [],
    voided: [],
  };
  const possible = events[state.kind];
  return possible[choice % possible.length] ?? { kind: 'restarted' };
}

const optedOut = 'SELECT phone FROM opt_out WHERE removed_ms IS NULL';
const openPhones = "SELECT phone FROM attempt WHERE state IN ('intent', 'accepted', 'in_doubt')";

/** Of the open attempts of a phone exactly one holds it; no other attempt does. */
async function checkPhones(opened: SqliteOpened): Promise<void> {
  const wrong = opened.sql(`
    SELECT phone FROM attempt GROUP BY phone
    HAVING sum(holds_phone) <> min(1, sum(state IN ('intent', 'accepted', 'in_doubt')))`);
  expect(wrong).toEqual([]);
}

async function checkWave(ledger: Ledger): Promise<void> {
  const rows = await ledger.results();
  const counts = await ledger.store.counts(ledger.scope.waveId);
  expect(counts).toEqual(recount(rows));
  await checkTally(ledger, rows);
  expect(sum(Object.values(counts.states))).toBe(counts.recipients);
  for (const { standing, attempts } of rows) {
    const latest = attempts.at(-1)?.state.kind ?? 'voided';
    expect(standing.kind === 'open').toBe(['intent', 'accepted', 'in_doubt'].includes(latest));
    expect(new Set(attempts.map(({ n }) => n)).size).toBe(attempts.length);
  }
}

/** What is counted with each write is what a look at all attempts finds. */
async function checkTally({ store, scope }: Ledger, rows: readonly ResultRow[]): Promise<void> {
  const made = rows.flatMap((row) => row.attempts.map((attempt) => attempt.state)).filter(isCall);
  const lengths = made.map((state) => (state.kind === 'ended' ? lengthOf(state) : undefined));
  const found = await store.wave(scope.address, scope.wave);
  expect(found?.tally).toMatchObject({
    calls: made.length,
    unmeasured: lengths.filter((length) => length === undefined).length,
    seconds: sum(lengths.map((length) => length ?? 0)),
  });
}

function isCall({ kind }: AttemptState): boolean {
  return kind !== 'voided' && kind !== 'rejected';
}

function lengthOf({ seconds, outcome }: AttemptState & { readonly kind: 'ended' }): number | undefined {
  return seconds ?? (['answered', 'voicemail', 'unknown'].includes(outcome) ? undefined : 0);
}

/** The counts, made from the results. */
function recount(rows: readonly ResultRow[]): Counts {
  const attempts = rows.flatMap((row) => row.attempts).filter(({ state }) => state.kind !== 'voided');
  const standings = rows.map(({ standing }) => standing);
  const done = rows.flatMap(({ standing, attempts: own }) => {
    const last = own.at(-1)?.state;
    return standing.kind === 'done' && last?.kind === 'ended' ? [last] : [];
  });
  return {
    recipients: rows.length,
    states: tally(
      rows.map((row) => (row.standing.kind === 'open' ? row.attempts.at(-1)?.state.kind : row.standing.kind)),
    ),
    outcomes: tally(done.map(({ outcome }) => outcome)),
    replies: tally(done.map(({ reply }) => reply?.option)),
    attempts: attempts.length,
    seconds: sum(attempts.map(({ state }) => (state.kind === 'ended' ? (state.seconds ?? 0) : 0))),
    waits: tally(standings.map((standing) => (standing.kind === 'pending' ? standing.why : undefined))),
    skips: tally(standings.map((standing) => (standing.kind === 'skipped' ? standing.reason : undefined))),
  };
}

function tally(words: readonly (string | undefined)[]): Readonly<Record<string, number>> {
  const groups = Map.groupBy(
    words.filter((word) => word !== undefined),
    (word) => word,
  );
  return Object.fromEntries([...groups].map(([word, members]) => [word, members.length]));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** What the events say happened is what the ledger says is. */
async function checkReplay(opened: SqliteOpened, ledgers: readonly Ledger[]): Promise<void> {
  const folded = new Map<string, AttemptState>();
  for (const { recipientId, n, atMs, event } of await opened.events()) {
    const key = `${String(recipientId)}.${String(n)}`;
    const state = evolve(folded.get(key), event, atMs);
    if (state === undefined) throw new Error(`nothing comes of ${event.kind}`);
    folded.set(key, state);
  }
  const kept = opened.sql('SELECT recipient_id, n, state, detail FROM attempt ORDER BY id');
  const states = kept.map((row) => [
    `${String(row['recipient_id'])}.${String(row['n'])}`,
    JSON.parse(String(row['detail'])),
  ]);
  expect(Object.fromEntries(folded)).toEqual(Object.fromEntries(states));
  expect(kept.map(({ state }) => state)).toEqual(states.map(([, state]) => state.kind));
  for (const ledger of ledgers)
    expect(await ledger.results()).toHaveLength((await ledger.store.counts(ledger.scope.waveId)).recipients);
}

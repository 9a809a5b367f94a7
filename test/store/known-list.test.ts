/** A list that is given again need not be read: what the ledger tells of it is what its rows would. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AttemptEvent } from '../../src/model/attempt.ts';
import type { Recipient } from '../../src/model/recipient.ts';
import type { ToldList } from '../../src/model/told-list.ts';
import type { Comparison, EnrolOptions, KnownComparison } from '../../src/store/contract/enrolment.ts';
import type { Store } from '../../src/store/contract/store.ts';
import { Ledger, listOf, patient, phoneOf } from './ledger.ts';
import { present } from './present.ts';
import { openTemporary } from './sqlite-store.ts';

const told: ToldList = {
  rows: 3,
  valid: 2,
  repeated: 0,
  suppressed: 0,
  leftOut: 0,
  rejected: [['ROW_RAGGED', 1]],
  digest: 'd',
  places: [['Africa/Lagos']],
};

/** Who enrols lists, and names them as a run does. */
class Reader {
  readonly ledger: Ledger;
  readonly #store: Store;
  list: readonly Recipient[] = [];
  placeOf: NonNullable<EnrolOptions['placeOf']> = ({ zone = '' }) => zone;
  #lists = 0;

  constructor(ledger: Ledger) {
    this.ledger = ledger;
    this.#store = ledger.store;
  }

  get #options(): EnrolOptions & { readonly nowMs: number } {
    const { nowMs } = this.ledger;
    return {
      ...this.ledger.enrolOptions,
      nowMs,
      placeOf: this.placeOf,
      certainSkip: ({ notBeforeMs = nowMs, notAfterMs = Infinity }, enrolledMs) => {
        if (Math.max(nowMs, notBeforeMs) > notAfterMs) return 'not_after';
        return nowMs > (enrolledMs?.() ?? nowMs) + 600_000 ? 'expired' : undefined;
      },
    };
  }

  async enrol(list: readonly Recipient[]): Promise<void> {
    await this.enrolUnnamed(list);
    await this.#store.nameList(this.ledger.scope, { fingerprint: this.#fingerprint, told });
  }

  /** As a run does that is killed before it names the list. */
  async enrolUnnamed(list: readonly Recipient[]): Promise<void> {
    this.list = list;
    this.#lists += 1;
    await this.#store.enrol(this.ledger.scope, listOf(...list), this.#options);
  }

  get #fingerprint(): string {
    return `list-${String(this.#lists)}`;
  }

  known(fingerprint: string = this.#fingerprint): Promise<KnownComparison | undefined> {
    return this.#store.compareKnown(this.ledger.scope.waveId, fingerprint, this.#options);
  }

  compared(): Promise<Comparison> {
    return this.#store.compare(this.ledger.scope.waveId, listOf(...this.list), this.#options);
  }

  enrolKnown(): Promise<boolean> {
    return this.#store.enrolKnown(this.ledger.scope, this.#fingerprint);
  }
}

test('knows the list that was enrolled last, what was told of it, and who was called since', async () => {
  await using opened = await openTemporary();
  const reader = new Reader(await Ledger.open(opened.store));
  await reader.enrol([patient(1), patient(2), patient(3, { suppressed: true }), patient(4, { notAfterMs: 5 })]);
  await reader.ledger.admit({ max: 1 });
  expect(await reader.known()).toEqual({
    comparison: { fresh: 0, called: 1, changed: 0, pending: 1, skips: { not_after: 1 }, suppressed: 1, removed: 0 },
    told,
  });
  expect(await reader.known('another')).toBeUndefined();
  await reader.enrol([patient(1)]);
  expect(await reader.known('list-1')).toBeUndefined();
});

test('asks again about those whom a gate skipped, and leaves those alone who are suppressed or not listed', async () => {
  await using opened = await openTemporary();
  const reader = new Reader(await Ledger.open(opened.store));
  await reader.enrol([patient(1), patient(4)]);
  await reader.enrol([patient(1), patient(2), patient(3, { suppressed: true })]);
  await opened.store.addOptOuts([phoneOf(1)], { atMs: 1, by: 'amina' });
  await reader.ledger.admit();
  await opened.store.removeOptOuts([phoneOf(1)], { atMs: 2, by: 'amina' });
  expect(await reader.enrolKnown()).toBe(true);
  expect(await reader.ledger.standings()).toEqual({
    1: 'pending new',
    2: 'intent',
    3: 'skipped suppressed',
    4: 'skipped removed',
  });
});

test('asks again whether a person was called too often, as a call may turn out to be none', async () => {
  await using opened = await openTemporary();
  const reader = new Reader(await Ledger.open(opened.store));
  await reader.enrol([patient(1)]);
  await reader.ledger.admit({ grant: () => ({ kind: 'wait', untilMs: 2_000_000_000, why: 'person' }) });
  expect(await reader.ledger.admit()).toEqual([]);
  expect(await reader.enrolKnown()).toBe(true);
  expect(await reader.ledger.admit()).toHaveLength(1);
});

test('knows no list any more of a wave that is cancelled, or into which calls came by no list', async () => {
  await using opened = await openTemporary();
  const reader = new Reader(await Ledger.open(opened.store));
  await reader.enrol([patient(1), patient(2)]);
  await reader.ledger.import({ id: 2, n: 1 });
  expect(await reader.known()).toBeUndefined();
  expect(await reader.enrolKnown()).toBe(false);
  await reader.enrol([patient(1), patient(2)]);
  expect(await reader.known()).toBeDefined();
  await opened.store.stopWave(reader.ledger.scope.waveId, { kind: 'cancelled', atMs: 1, by: 'amina' });
  expect(await reader.known()).toBeUndefined();
  expect(await reader.enrolKnown()).toBe(false);
});

test('does not know a list while a call is under way to somebody whom it leaves out or says otherwise', async () => {
  await using opened = await openTemporary();
  const reader = new Reader(await Ledger.open(opened.store));
  await reader.enrol([patient(1), patient(2)]);
  const [first] = await reader.ledger.admit();
  await reader.enrol([patient(2)]);
  expect(await reader.known()).toBeUndefined();
  await reader.enrol([patient(1, { variables: { patient_name: 'Bola' } }), patient(2)]);
  expect(await reader.known()).toBeUndefined();
  await reader.ledger.happens(present(first).attempt, { kind: 'ended', outcome: 'answered' });
  await reader.enrol([patient(1, { variables: { patient_name: 'Bola' } }), patient(2)]);
  expect(await reader.known()).toMatchObject({ comparison: { called: 2, changed: 1 } });
});

test('does not know a list while a call may turn out to be none to somebody whom it says is suppressed', async () => {
  await using opened = await openTemporary();
  const reader = new Reader(await Ledger.open(opened.store));
  await reader.enrol([patient(1)]);
  const [first] = await reader.ledger.admit();
  const doubted = await reader.ledger.happens(present(first).attempt, { kind: 'gave_up', reason: 'no listing' });
  await reader.enrol([patient(1, { suppressed: true })]);
  await reader.ledger.happens(present(doubted), { kind: 'settled', as: 'not-called', by: 'amina' });
  expect(await reader.compared()).toMatchObject({ pending: 0, suppressed: 1 });
  expect(await reader.known()).toBeUndefined();
  await reader.enrol([patient(1, { suppressed: true })]);
  expect(await reader.known()).toMatchObject({ comparison: { pending: 0, suppressed: 1 } });
});

test('keeps the retry of somebody who is listed again after a call that turned out to be none', async () => {
  await using opened = await openTemporary();
  const reader = new Reader(await Ledger.open(opened.store));
  const { ledger } = reader;
  await reader.enrol([patient(1)]);
  const [none] = await ledger.admit();
  await reader.enrol([]);
  await ledger.happens(present(none).attempt, { kind: 'voided', reason: 'HTTP 429' });
  await reader.enrol([patient(1)]);
  ledger.tick(60_000);
  const [call] = await ledger.admit();
  await ledger.happens(present(call).attempt, { kind: 'ended', outcome: 'no_answer' });
  expect(await ledger.standings()).toEqual({ 1: 'pending retry 2' });
  expect(await reader.known()).toMatchObject({ comparison: { called: 1, removed: 0 } });
});

test('does not know a list of which a row means somebody by the number alone', async () => {
  await using opened = await openTemporary();
  const reader = new Reader(await Ledger.open(opened.store));
  await reader.enrol([patient(1)]);
  await reader.ledger.admit();
  await reader.enrol([patient(12, { number: 1 })]);
  expect(await reader.known()).toBeUndefined();
});

test('does not know a list that was enrolled by a run that was killed before it named it, nor the one before', async () => {
  await using opened = await openTemporary();
  const reader = new Reader(await Ledger.open(opened.store));
  await reader.enrol([patient(1)]);
  await reader.enrolUnnamed([patient(1), patient(2)]);
  expect([await reader.known('list-1'), await reader.known('list-2')]).toEqual([undefined, undefined]);
  expect(await reader.enrolKnown()).toBe(false);
});

test('does not know a list while admission found more suppressed than it says', async () => {
  await using opened = await openTemporary();
  const reader = new Reader(await Ledger.open(opened.store));
  await reader.enrol([patient(1), patient(2, { suppressed: true })]);
  await reader.ledger.admit({ grant: () => ({ kind: 'skip', reason: 'suppressed' }) });
  expect(await reader.known()).toBeUndefined();
  await reader.enrol(reader.list);
  expect(await reader.known()).toMatchObject({ comparison: { pending: 1, suppressed: 1 } });
});

test('does not know a list while a run of the wave began later than now: its waits mean nothing', async () => {
  await using opened = await openTemporary();
  const { store } = opened;
  const reader = new Reader(await Ledger.open(store));
  const { ledger } = reader;
  await reader.enrol([patient(1)]);
  const yearMs = 31_536_000_000;
  const startedMs = ledger.tick(yearMs);
  await store.recordRun(ledger.scope, { run: 'a1', startedMs, definition: 'd', toolVersion: '1' });
  await ledger.admit({ grant: () => ({ kind: 'wait', untilMs: startedMs + 1, why: 'window', shared: false }) });
  expect(await reader.known()).toBeDefined();
  ledger.tick(-yearMs);
  expect(await reader.known()).toBeUndefined();
  await reader.enrol(reader.list);
  expect(await ledger.admit()).toHaveLength(1);
});

test('knows a list of a wave that was paused and resumed', async () => {
  await using opened = await openTemporary();
  const { store } = opened;
  const reader = new Reader(await Ledger.open(store));
  const { waveId } = reader.ledger.scope;
  await reader.enrol([patient(1), patient(2)]);
  const before = await reader.known();
  await store.stopWave(waveId, { kind: 'paused', atMs: 1, by: 'amina' });
  expect(await reader.known()).toEqual(before);
  await store.stopWave(waveId, null);
  expect(await reader.known()).toEqual(before);
});

test('knows a list of a store of an older version once its rows said where everybody may be called', async () => {
  await using opened = await openTemporary();
  const reader = new Reader(await Ledger.open(opened.store));
  const { ledger } = reader;
  await reader.enrol([patient(1), patient(2)]);
  const [first] = await ledger.admit({ max: 1 });
  opened.sql('UPDATE recipient SET place = NULL');
  expect(await reader.known()).toBeUndefined();
  await reader.enrol(reader.list);
  await ledger.happens(present(first).attempt, { kind: 'voided', reason: 'HTTP 429' });
  expect(await reader.known()).toMatchObject({ comparison: { called: 0, pending: 2 } });
});

test('takes nobody for alike whom a newer version calls elsewhere', async () => {
  await using opened = await openTemporary();
  const reader = new Reader(await Ledger.open(opened.store));
  const { ledger } = reader;
  reader.placeOf = () => 'Africa/Lagos';
  await reader.enrol([patient(1), patient(2)]);
  const [first] = await ledger.admit({ max: 1 });
  reader.placeOf = ({ key }) => (key === patient(1).key ? 'Africa/Accra' : 'Africa/Lagos');
  await reader.enrol(reader.list);
  await ledger.happens(present(first).attempt, { kind: 'voided', reason: 'HTTP 429' });
  const places = opened.sql('SELECT place FROM recipient ORDER BY id');
  expect(places).toEqual([{ place: 'Africa/Accra' }, { place: 'Africa/Lagos' }]);
});

type Act =
  | { readonly kind: 'enrol'; readonly people: readonly (readonly [id: number, how: number])[] }
  | { readonly kind: 'admit' | 'wait' | 'set_back' | 'pause' | 'resume' }
  | { readonly kind: 'event'; readonly choice: number }
  | { readonly kind: 'import' | 'opt_out' | 'opt_in' | 'suppress'; readonly id: number };

const person = fc.nat({ max: 5 });
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('enrol'),
      people: fc.uniqueArray(fc.tuple(person, fc.nat({ max: 7 })), { selector: ([id]) => id }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('admit', 'wait') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('set_back', 'pause', 'resume') }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('event'), choice: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('import', 'opt_out', 'opt_in', 'suppress'), id: person }) },
);

test('a known list compares and enrols as its rows do, whatever happened since', async () => {
  let known = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(act, { minLength: 5, maxLength: 30, size: 'max' }),
      fc.boolean(),
      async (acts, callEach) => {
        await using opened = await openTemporary();
        const reader = new Reader(await Ledger.open(opened.store, { callEach }));
        await reader.enrol([patient(0), patient(1), patient(2), patient(3)]);
        for (const one of acts) {
          await perform(reader, one);
          const found = await reader.known();
          if (found === undefined) continue;
          known += 1;
          expect(found.comparison).toEqual(await reader.compared());
        }
        if ((await reader.known()) === undefined) return;
        expect(await reader.enrolKnown()).toBe(true);
        const standings = await toBeAsked(reader.ledger);
        await reader.enrol(reader.list);
        expect(await toBeAsked(reader.ledger)).toEqual(standings);
      },
    ),
    { numRuns: 60 },
  );
  expect(known).toBeGreaterThan(100);
}, 30_000);

const events: readonly AttemptEvent[] = [
  { kind: 'accepted', handle: { callId: 'call-1' } },
  { kind: 'voided', reason: 'HTTP 429' },
  { kind: 'doubted', why: 'no answer', needs: 2 },
  { kind: 'ended', outcome: 'answered' },
  { kind: 'ended', outcome: 'no_answer' },
  { kind: 'gave_up', reason: 'no listing' },
  { kind: 'settled', as: 'not-called', by: 'amina' },
];

async function perform(reader: Reader, one: Act): Promise<void> {
  const { ledger } = reader;
  const { store, scope } = ledger;
  switch (one.kind) {
    case 'enrol':
      await reader.enrol(onePhoneEach(one.people.map(([id, how]) => listed(id, how, ledger.nowMs))));
      break;
    case 'admit':
      await ledger.admit({ max: 2 });
      break;
    case 'wait':
      ledger.tick(60_000);
      break;
    case 'set_back':
      ledger.tick(-100_000);
      break;
    case 'pause':
      await store.stopWave(scope.waveId, { kind: 'paused', atMs: ledger.nowMs, by: 'amina' });
      break;
    case 'resume':
      await store.stopWave(scope.waveId, null);
      break;
    case 'suppress':
      // As a list that names somebody for a while.
      await ledger.admit({
        max: 2,
        grant: (candidate) =>
          candidate.phone === phoneOf(one.id) ? { kind: 'skip', reason: 'suppressed' } : ledger.grant(candidate),
      });
      break;
    case 'event': {
      const open = await store.openAttempts(scope.waveId, ['intent', 'accepted', 'in_doubt', 'unresolved']);
      const attempt = open[one.choice % Math.max(1, open.length)];
      const event = events[one.choice % events.length];
      if (attempt === undefined || event === undefined) return;
      // A person settles what is unresolved, and nothing else.
      if ((event.kind === 'settled') !== (attempt.state.kind === 'unresolved')) return;
      await ledger.happens(attempt, event);
      break;
    }
    case 'import':
      await ledger.import({ id: one.id, n: 1 });
      break;
    case 'opt_out':
      await store.addOptOuts([phoneOf(one.id)], { atMs: ledger.nowMs, by: 'amina' });
      break;
    case 'opt_in':
      await store.removeOptOuts([phoneOf(one.id)], { atMs: ledger.nowMs, by: 'amina' });
  }
}

/** Where everybody stands; whoever waits for a gate waits as long when it is asked again, which rows do at once. */
async function toBeAsked(ledger: Ledger): Promise<Readonly<Record<string, string>>> {
  const standings = Object.entries(await ledger.standings());
  return Object.fromEntries(
    standings.map(([id, word]) => [id, word.replace(/^pending (?:not_before|phone_busy)$/, 'pending new')]),
  );
}

/** As lists are read. */
function onePhoneEach(list: readonly Recipient[]): readonly Recipient[] {
  return list.filter(({ phone }, index) => list.findIndex((one) => one.phone === phone) === index);
}

/** A row as it was, or with other values, a later start or end, another number, or suppressed. */
function listed(id: number, how: number, nowMs: number): Recipient {
  const changes: readonly Parameters<typeof patient>[1][] = [
    {},
    {},
    { variables: { patient_name: 'Bola' } },
    { notAfterMs: nowMs + 30_000 },
    { number: (id + 1) % 6 },
    { suppressed: true },
    { notBeforeMs: nowMs + 30_000 },
    { notBeforeMs: nowMs + 30_000, notAfterMs: nowMs + 90_000 },
  ];
  return patient(id, changes[how]);
}

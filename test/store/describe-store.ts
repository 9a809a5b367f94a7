/** What every store does, whatever it is made of: SQLite today. `sqlite.test.ts` says how it is opened. */
import { describe, expect, test } from 'vitest';
import type { Attempt, AttemptEvent } from '../../src/model/attempt.ts';
import { placeOf } from '../../src/model/place-of.ts';
import type { CallZones, E164 } from '../../src/model/recipient.ts';
import { emptyTally } from '../../src/model/tally.ts';
import type { Trip } from '../../src/model/trip.ts';
import { LeaseLost } from '../../src/store/contract/failure.ts';
import type { ReadStore } from '../../src/store/contract/read-store.ts';
import type { Store } from '../../src/store/contract/store.ts';
import { holder, Ledger, listOf, patient, phoneOf, tallying } from './ledger.ts';
import { present } from './present.ts';

/** An event as the ledger keeps it. */
export type KeptEvent = {
  readonly recipientId: number;
  readonly n: number;
  readonly atMs: number;
  readonly event: AttemptEvent;
};

/** A new store, and ways to look at it from elsewhere. */
export type Opened = AsyncDisposable & {
  readonly store: Store;
  /** Another process's connection. */
  readonly another: () => Promise<Store>;
  readonly toRead: () => Promise<ReadStore>;
  /** All events, in the order in which each attempt met them. */
  readonly events: () => Promise<readonly KeptEvent[]>;
};

const accepted: AttemptEvent = { kind: 'accepted', handle: { batchId: 'batch-1' } };
const answered: AttemptEvent = {
  kind: 'ended',
  outcome: 'answered',
  seconds: 31,
  reply: { option: '1', label: 'Confirm' },
};
const unanswered: AttemptEvent = { kind: 'ended', outcome: 'no_answer' };
const doubted: AttemptEvent = { kind: 'doubted', why: 'the connection broke', needs: 2 };
const voided: AttemptEvent = { kind: 'voided', reason: 'HTTP 429' };

export function describeStore(name: string, open: () => Promise<Opened>): void {
  describe(name, () => {
    leases(open);
    bindings(open);
    waves(open);
    enrolment(open);
    matching(open);
    admission(open);
    recording(open);
    imports(open);
    reading(open);
  });
}

function leases(open: () => Promise<Opened>): void {
  const other = { ...holder, pid: 2, command: 'apply' };
  const address = 'clinic-reminders/prod';

  test('gives an address to one process at a time, and says who has it', async () => {
    await using opened = await open();
    const { store } = opened;
    const rival = await opened.another();
    expect(await store.acquire(address, holder, 1)).toEqual({ kind: 'held', fence: 1 });
    expect(await rival.acquire(address, other, 2)).toEqual({ kind: 'busy', holder, fence: 1, beat: 1 });
    expect(await rival.acquire('garage-recall/prod', other, 2)).toEqual({ kind: 'held', fence: 1 });
    expect(await rival.holding(address)).toEqual({ holder, fence: 1, beat: 1 });
    expect(await store.holding('nobody/prod')).toBeUndefined();
  });

  test('counts fences up for ever, over releases too', async () => {
    await using opened = await open();
    const { store } = opened;
    await store.acquire(address, holder, 1);
    await store.release(address, 1);
    expect(await store.holding(address)).toBeUndefined();
    expect(await store.beat(address, 1, 2)).toBe(false);
    await expect(store.openWave(address, 'late', 1, 2)).rejects.toThrow(LeaseLost);
    expect(await store.acquire(address, other, 2)).toEqual({ kind: 'held', fence: 2 });
    expect(await store.acquire(address, other, 3)).toEqual({ kind: 'held', fence: 3 });
    await store.release(address, 2);
    expect(await store.holding(address)).toMatchObject({ holder: other, fence: 3 });
  });

  test('lets a contender take over only what stood still', async () => {
    await using opened = await open();
    const { store } = opened;
    await store.acquire(address, holder, 1);
    const seen = { fence: 1, beat: 1 };
    expect(await store.beat(address, 1, 2)).toBe(true);
    expect(await store.takeOver(address, other, seen, 3)).toEqual({ kind: 'busy', holder, fence: 1, beat: 2 });
    expect(await store.takeOver(address, other, { fence: 1, beat: 2 }, 4)).toEqual({ kind: 'held', fence: 2 });
    expect(await store.beat(address, 1, 5)).toBe(false);
    expect(await store.beat(address, 2, 5)).toBe(true);
  });

  test('takes what was given back meanwhile', async () => {
    await using opened = await open();
    const { store } = opened;
    await store.acquire(address, holder, 1);
    await store.release(address, 1);
    expect(await store.takeOver(address, other, { fence: 1, beat: 1 }, 4)).toEqual({ kind: 'held', fence: 2 });
    expect(await store.beat(address, 1, 5)).toBe(false);
  });

  test('refuses every write of a process whose lease was taken over, and writes nothing of it', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    const { store, scope } = ledger;
    await ledger.enrol(patient(1));
    const [admitted] = await ledger.admit();
    const { attempt } = present(admitted);
    const rival = await opened.another();
    await rival.takeOver(scope.address, other, { fence: 1, beat: 2 }, 9);
    const fenced = [
      () => ledger.enrol(patient(2)),
      () => ledger.admit(),
      () => ledger.happens(attempt, accepted),
      () => ledger.import({ id: 3, n: 1 }),
      () => store.postpone(scope, []),
      () => store.saveWave(scope, { echo: true }),
      () => store.recordRun(scope, { run: 'r', startedMs: 1, definition: 'd', toolVersion: '1' }),
      () => store.openWave(scope.address, 'next', scope.fence, 1),
      () => store.intendCreate({ address: scope.address, account: 'a', atMs: 1 }, scope.fence),
      () => store.forgetCreateIntent(scope.address, scope.fence),
      () => store.bind({ address: scope.address, resourceId: 'r', account: 'a' }, 'f', scope.fence, 1),
    ];
    for (const write of fenced) await expect(write()).rejects.toThrow(LeaseLost);
    expect(await ledger.standings()).toEqual({ 1: 'intent' });
    expect((await rival.waves(scope.address)).map(({ wave }) => wave)).toEqual([scope.wave]);
  });

  test('shows its beat going on after an enrolment, however long that took', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1));
    expect(await opened.store.acquire(ledger.scope.address, other, 1)).toMatchObject({ kind: 'busy', beat: 2 });
  });
}

function bindings(open: () => Promise<Opened>): void {
  const address = 'clinic-reminders/prod';
  const binding = {
    address,
    resourceId: 'workflow-1',
    account: 'intron',
    applied: { name: 'Reminder', tags: ['a', null] },
  };

  test('remembers what is bound, what was applied, and which file speaks for it', async () => {
    await using opened = await open();
    const { store } = opened;
    await store.acquire(address, holder, 1);
    expect(await store.binding(address)).toBeUndefined();
    await store.bind(binding, 'campaigns/a.yaml', 1, 5);
    expect(await store.binding(address)).toEqual(binding);
    expect(await store.addressesOf('campaigns/a.yaml')).toEqual([address]);
    const { applied: _, ...unmanaged } = binding;
    await store.bind({ ...unmanaged, resourceId: 'workflow-2' }, 'campaigns/b.yaml', 1, 6);
    expect(await store.binding(address)).toEqual({ ...unmanaged, resourceId: 'workflow-2' });
    expect(await store.addressesOf('campaigns/a.yaml')).toEqual([]);
    expect(await store.addressesOf('campaigns/b.yaml')).toEqual([address]);
  });

  test('keeps the intent of a create until it is bound or forgotten', async () => {
    await using opened = await open();
    const { store } = opened;
    await store.acquire(address, holder, 1);
    const intent = { address, account: 'intron', atMs: 7 };
    await store.intendCreate(intent, 1);
    expect(await store.createIntent(address)).toEqual(intent);
    await store.intendCreate({ ...intent, atMs: 8 }, 1);
    expect(await store.createIntent(address)).toEqual({ ...intent, atMs: 8 });
    await store.bind(binding, 'a.yaml', 1, 9);
    expect(await store.createIntent(address)).toBeUndefined();
    await store.intendCreate(intent, 1);
    await store.forgetCreateIntent(address, 1);
    expect(await store.createIntent(address)).toBeUndefined();
  });

  test('has an id and a key of its own', async () => {
    await using opened = await open();
    const reader = await opened.toRead();
    expect(opened.store.id).toMatch(/^[0-9a-f]{8}$/);
    expect(reader.id).toBe(opened.store.id);
    expect(await opened.store.manifestKey()).toMatch(/^[0-9a-f]{64}$/);
    expect(await reader.manifestKey()).toBe(await opened.store.manifestKey());
  });
}

function waves(open: () => Promise<Opened>): void {
  test('admits nobody of a wave that stopped itself', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1));
    await opened.store.saveWave(ledger.scope, { tripped: { kind: 'budget', limit: '1 call', atMs: 1 } });
    expect(await ledger.admit()).toEqual([]);
    await opened.store.saveWave(ledger.scope, { tripped: null });
    expect(await ledger.admit()).toHaveLength(1);
  });

  test('opens a wave once, and keeps what it remembers', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    const { store, scope } = ledger;
    expect(await store.openWave(scope.address, scope.wave, scope.fence, 9)).toEqual(scope);
    expect(await store.wave(scope.address, scope.wave)).toEqual({
      waveId: scope.waveId,
      openedMs: 1,
      tally: emptyTally,
      echo: false,
    });
    expect(await store.wave(scope.address, 'none')).toBeUndefined();
    const tripped: Trip = { kind: 'budget', limit: '900 minutes', atMs: 1 };
    const tally = { ...emptyTally, calls: 3, unmeasured: 1, seconds: 90 };
    await store.saveWave(scope, { tripped, tally, echo: true });
    expect(await store.wave(scope.address, scope.wave)).toMatchObject({
      tripped,
      tally,
      echo: true,
    });
    await store.saveWave(scope, { tripped: null });
    expect(await store.wave(scope.address, scope.wave)).toEqual({
      waveId: scope.waveId,
      openedMs: 1,
      tally,
      echo: true,
    });
    await store.saveWave(scope, { tally: emptyTally, echo: false });
    expect(await store.wave(scope.address, scope.wave)).toEqual({
      waveId: scope.waveId,
      openedMs: 1,
      tally: emptyTally,
      echo: false,
    });
    await store.openWave(scope.address, 'next', scope.fence, 9);
    const all = await store.waves(scope.address);
    expect(all.map(({ wave, counts }) => [wave, counts.recipients])).toEqual([
      [scope.wave, 0],
      ['next', 0],
    ]);
    expect(await store.waveStates(scope.address)).toEqual(all.map(({ wave, state }) => ({ wave, state })));
  });

  test('keeps runs, and how they ended', async () => {
    await using opened = await open();
    const { store, scope } = await Ledger.open(opened.store);
    const second = { run: 'b', startedMs: 2, definition: 'd', toolVersion: '0.1.0', list: '/lists/ward-3.csv' };
    await store.recordRun(scope, second);
    await store.recordRun(scope, { ...second, run: 'a', startedMs: 1 });
    await store.recordRun(scope, { ...second, endedMs: 5.5, exit: 0 });
    expect(await store.runs(scope.waveId)).toEqual([
      { ...second, run: 'a', startedMs: 1 },
      { ...second, endedMs: 5.5, exit: 0 },
    ]);
  });

  test('knows the newest event of an address, over its waves', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    expect(await opened.store.lastEventMs(ledger.scope.address)).toBeUndefined();
    await ledger.enrol(patient(1));
    expect(await opened.store.lastEventMs(ledger.scope.address)).toBeUndefined();
    await ledger.admit();
    expect(await opened.store.lastEventMs(ledger.scope.address)).toBe(ledger.nowMs);
    const before = ledger.nowMs;
    await ledger.import({ id: 2, n: 1, createdMs: 500 });
    expect(await opened.store.lastEventMs(ledger.scope.address)).toBe(before);
    expect(await opened.store.wave(ledger.scope.address, ledger.scope.wave)).toMatchObject({ lastEventMs: before });
  });
}

function enrolment(open: () => Promise<Opened>): void {
  const nobody = { fresh: 0, called: 0, changed: 0, pending: 0, suppressed: 0, removed: 0 };

  test('makes new rows pending and suppressed ones skipped, in list order', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    const list = [patient(2), patient(1), patient(3, { suppressed: true })];
    expect(await ledger.store.compare(undefined, listOf(...list), ledger.enrolOptions)).toEqual({
      ...nobody,
      fresh: 2,
      suppressed: 1,
    });
    expect(await ledger.enrol(...list)).toEqual({ ...nobody, fresh: 2, suppressed: 1 });
    expect((await ledger.results()).map(({ key }) => key)).toEqual(['appointment-2', 'appointment-1', 'appointment-3']);
    expect(await ledger.standings()).toEqual({ 1: 'pending new', 2: 'pending new', 3: 'skipped suppressed' });
    expect(await ledger.compare(...list)).toEqual({ ...nobody, pending: 2, suppressed: 1 });
    expect(await ledger.enrol(...list)).toEqual({ ...nobody, pending: 2, suppressed: 1 });
  });

  test('refreshes those not called yet wholly', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1, { notAfterMs: 5 }), patient(2));
    const { zone: _, ...zoneless } = patient(1, { number: 77, notBeforeMs: 6 });
    const changed = {
      ...zoneless,
      row: { first_name: 'Bisi' },
      variables: { n: 1, yes: true },
      call: { deep: { a: [1] } },
    };
    expect(await ledger.enrol(changed, patient(2))).toEqual({ ...nobody, pending: 2 });
    const candidates: unknown[] = [];
    const admitted = await ledger.admit({
      grant: (candidate) => {
        candidates.push(candidate);
        return ledger.granted(candidate);
      },
    });
    expect(candidates[0]).toEqual({
      recipientId: admitted[0]?.attempt.recipientId,
      key: 'appointment-1',
      tag: ledger.tagOf('appointment-1'),
      phone: phoneOf(77),
      notBeforeMs: 6,
      enrolledMs: expect.any(Number) as unknown,
      n: 1,
      alone: false,
      call: changed.call,
      phoneBusy: false,
      optedOut: false,
      earlierMs: [],
      personCallsMs: [],
    });
    expect(admitted[0]).toMatchObject({ row: changed.row, variables: changed.variables, call: changed.call });
  });

  test('freezes the inputs of those called, but not the options of their next call', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1), patient(2));
    for (const { attempt } of await ledger.admit()) await ledger.happens(attempt, unanswered);
    const changed = patient(1, { number: 77, variables: { patient_name: 'Bisi' }, call: { tts_voice_accent: 'igbo' } });
    const list = [changed, patient(2, { call: { tts_voice_accent: 'igbo' } })];
    expect(await ledger.enrol(...list)).toEqual({ ...nobody, called: 2, changed: 1 });
    expect(await ledger.compare(...list)).toEqual({ ...nobody, called: 2, changed: 1 });
    ledger.tick(60_000);
    const common = { variables: { patient_name: 'Adaeze' }, call: { tts_voice_accent: 'igbo' } };
    expect(await ledger.admit()).toMatchObject([
      { ...common, attempt: { n: 2, phone: phoneOf(1), earlier: ['no_answer'] } },
      { ...common, attempt: { n: 2, phone: phoneOf(2), earlier: ['no_answer'] } },
    ]);
  });

  test('follows the order of the list, for those called as well', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1), patient(2), patient(3), patient(4));
    await ledger.admit({ max: 2 });
    await ledger.enrol(patient(4), patient(3), patient(2), patient(1));
    const keys = (await ledger.results()).map(({ key }) => key);
    expect(keys).toEqual(['appointment-4', 'appointment-3', 'appointment-2', 'appointment-1']);
    const [next] = await ledger.admit({ max: 1 });
    expect(next?.attempt.key).toBe('appointment-4');
  });

  test('does not take another order of columns for other values', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1), patient(2));
    await ledger.admit();
    const turned = patient(1, { row: { first_name: 'Adaeze', appointment_id: 'appointment-1' } });
    expect(await ledger.compare(turned, patient(2))).toEqual({ ...nobody, called: 2 });
  });

  test('skips those no longer listed, and takes them back when they are', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1), patient(2), patient(3, { suppressed: true }));
    expect(await ledger.compare(patient(2))).toEqual({ ...nobody, pending: 1, removed: 2 });
    expect(await ledger.enrol(patient(2))).toEqual({ ...nobody, pending: 1, removed: 2 });
    expect(await ledger.standings()).toEqual({ 1: 'skipped removed', 2: 'pending new', 3: 'skipped removed' });
    expect(await ledger.enrol(patient(2))).toEqual({ ...nobody, pending: 1, removed: 2 });
    expect(await ledger.enrol(patient(1), patient(2), patient(3))).toEqual({ ...nobody, pending: 3 });
    expect(await ledger.standings()).toEqual({ 1: 'pending new', 2: 'pending new', 3: 'pending new' });
  });

  test('skips the suppressed who were never dialled, and leaves a pending retry to the gate', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1), patient(2));
    const [first] = await ledger.admit({ max: 1 });
    const ringing = await ledger.happens(present(first).attempt, accepted);
    await ledger.happens(present(ringing), unanswered);
    const list = [patient(1, { suppressed: true }), patient(2, { suppressed: true })];
    expect(await ledger.enrol(...list)).toEqual({ ...nobody, called: 1, suppressed: 1 });
    expect(await ledger.standings()).toEqual({ 1: 'pending retry 2', 2: 'skipped suppressed' });
  });

  test('keeps those called when the list lacks them', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1), patient(2));
    const [first, second] = await ledger.admit();
    await ledger.happens(present(first).attempt, voided);
    await ledger.happens(present(second).attempt, doubted);
    expect(await ledger.enrol()).toEqual({ ...nobody, removed: 1 });
    expect(await ledger.standings()).toEqual({ 1: 'skipped removed', 2: 'in_doubt' });
  });

  test('does not try again whose row went away during the call, unless it comes back', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1), patient(2));
    const ringing = [];
    for (const { attempt } of await ledger.admit()) ringing.push(present(await ledger.happens(attempt, accepted)));
    await ledger.enrol(patient(2));
    for (const attempt of ringing) await ledger.happens(attempt, unanswered);
    expect(await ledger.standings()).toEqual({ 1: 'skipped removed', 2: 'pending retry 2' });
    await ledger.enrol(patient(1), patient(2));
    expect(await ledger.standings()).toEqual({ 1: 'pending retry 2', 2: 'pending retry 2' });
  });

  test('asks the gates again after an edit, but lets a voided attempt wait', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1), patient(2), patient(3));
    const tomorrowMs = ledger.nowMs + 86_400_000;
    const [, third] = await ledger.admit({
      grant: (candidate) =>
        candidate.key === 'appointment-1'
          ? { kind: 'wait', untilMs: tomorrowMs, why: 'window' }
          : ledger.granted(candidate),
    });
    await ledger.happens(present(third).attempt, { kind: 'doubted', why: 'the batch was refused', needs: 1 });
    const [open3] = await ledger.store.openAttempts(ledger.scope.waveId, ['in_doubt']);
    await ledger.happens(present(open3), voided);
    expect(await ledger.standings()).toEqual({ 1: 'pending window', 2: 'intent', 3: 'pending voided' });
    await ledger.enrol(patient(1), patient(2), patient(3, { call: { tts_voice_accent: 'igbo' } }));
    expect(await ledger.standings()).toEqual({ 1: 'pending new', 2: 'intent', 3: 'pending voided' });
    const standings = (await ledger.results()).map(({ standing }) => standing);
    expect(standings).toMatchObject([{ dueMs: 0 }, { kind: 'open' }, { dueMs: ledger.nowMs - 1_000, alone: true }]);
    expect((await ledger.admit()).map(({ alone, attempt }) => [attempt.key, alone])).toEqual([
      ['appointment-1', false],
      ['appointment-3', true],
    ]);
  });

  test('asks the gates again about a retry, too', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1));
    const [first] = await ledger.admit();
    await ledger.happens(present(first).attempt, unanswered);
    await ledger.enrol(patient(1));
    expect(await ledger.admit()).toEqual([]);
    ledger.tick(60_000);
    await ledger.admit({ grant: () => ({ kind: 'wait', untilMs: ledger.nowMs + 86_400_000, why: 'window' }) });
    await ledger.enrol(patient(1));
    expect(await ledger.admit()).toHaveLength(1);
  });

  test('takes back what the gate skipped, if nobody was called yet', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1));
    await ledger.admit({ grant: () => ({ kind: 'skip', reason: 'zone_unknown' }) });
    expect(await ledger.standings()).toEqual({ 1: 'skipped zone_unknown' });
    await ledger.enrol(patient(1));
    expect(await ledger.standings()).toEqual({ 1: 'pending new' });
  });

  test('tells when somebody entered the wave, whatever list names them again', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1));
    const enteredMs = ledger.nowMs;
    await ledger.enrol(patient(1), patient(2));
    const told: (number | undefined)[] = [];
    await ledger.store.compare(ledger.scope.waveId, listOf(patient(1), patient(3)), {
      ...ledger.enrolOptions,
      certainSkip: (_, enrolledMs) => {
        told.push(enrolledMs?.());
        return undefined;
      },
    });
    expect(told).toEqual([enteredMs, undefined]);
  });

  test('writes nothing when the list breaks off', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1));
    async function* broken(): AsyncIterable<readonly ReturnType<typeof patient>[]> {
      yield [patient(2), patient(3)];
      throw new Error('the disk was pulled out');
    }
    const options = { ...ledger.enrolOptions, nowMs: 5 };
    await expect(ledger.store.enrol(ledger.scope, broken(), options)).rejects.toThrow('pulled out');
    expect(await ledger.standings()).toEqual({ 1: 'pending new' });
  });

  test('keeps waves apart: a new one calls everybody again', async () => {
    await using opened = await open();
    const first = await Ledger.open(opened.store);
    await first.enrol(patient(1));
    const [admitted] = await first.admit();
    await first.happens(present(admitted).attempt, answered);
    const second = await Ledger.open(opened.store, { wave: '2026-11-25' });
    expect(await second.enrol(patient(1))).toEqual({ ...nobody, fresh: 1 });
    expect(await second.admit()).toHaveLength(1);
  });
}

function matching(open: () => Promise<Opened>): void {
  const nobody = { fresh: 0, called: 0, changed: 0, pending: 0, suppressed: 0, removed: 0 };

  test('takes a called number for called under a new key, so that a changed id column calls nobody', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1), patient(2));
    await ledger.admit({ max: 1 });
    const list = [patient(11, { number: 1 }), patient(12, { number: 2 })];
    expect(await ledger.compare(...list)).toEqual({ ...nobody, fresh: 1, called: 1, changed: 1, removed: 1 });
    expect(await ledger.enrol(...list)).toEqual({ ...nobody, fresh: 1, called: 1, changed: 1, removed: 1 });
    expect(await ledger.standings()).toEqual({ 1: 'intent', 2: 'skipped removed', 12: 'pending new' });
  });

  test('with call_each calls a number once for every key', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store, { callEach: true });
    await ledger.enrol(patient(1));
    await ledger.admit();
    expect(await ledger.enrol(patient(1), patient(2, { number: 1 }))).toEqual({ ...nobody, fresh: 1, called: 1 });
    expect(await ledger.standings()).toEqual({ 1: 'intent', 2: 'pending new' });
  });

  test('forgets a number whose only attempt was voided', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1));
    const [admitted] = await ledger.admit();
    await ledger.happens(present(admitted).attempt, voided);
    expect(await ledger.enrol(patient(11, { number: 1 }))).toEqual({ ...nobody, fresh: 1, removed: 1 });
  });

  test('does not call a number again that a row not yet called has taken over', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1), patient(2));
    const [admitted] = await ledger.admit({ max: 1 });
    await ledger.happens(present(admitted).attempt, answered);
    const taken = patient(2, { number: 1, call: { tts_voice_accent: 'igbo' } });
    expect(await ledger.compare(taken)).toEqual({ ...nobody, called: 1, changed: 1, removed: 1 });
    await ledger.enrol(taken);
    await ledger.enrol(taken);
    expect(await ledger.standings()).toEqual({ 1: 'done answered', 2: 'skipped removed' });
  });

  test('keeps the history of a known key that has a new number', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1));
    await ledger.admit();
    expect(await ledger.enrol(patient(1, { number: 5 }))).toEqual({ ...nobody, called: 1, changed: 1 });
    expect((await ledger.results()).map(({ phone }) => phone)).toEqual([phoneOf(1)]);
  });

  test('lets the row with the key speak where two rows mean one recipient', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1));
    const [admitted] = await ledger.admit();
    const ringing = await ledger.happens(present(admitted).attempt, accepted);
    await ledger.happens(present(ringing), unanswered);
    const list = [
      patient(2, { number: 1, call: { tts_voice_accent: 'wrong' } }),
      patient(1, { number: 5, call: { tts_voice_accent: 'right' } }),
    ];
    expect(await ledger.enrol(...list)).toMatchObject({ called: 2, fresh: 0 });
    ledger.tick(60_000);
    expect((await ledger.admit()).map(({ call }) => call)).toEqual([{ tts_voice_accent: 'right' }]);
  });
}

function admission(open: () => Promise<Opened>): void {
  test('asks in the order of due time and list, and admits so many at most', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(...[5, 4, 3, 2, 1].map((id) => patient(id)));
    const later = ledger.nowMs + 10_000;
    await ledger.admit({
      grant: ({ key }) =>
        key === 'appointment-5' ? { kind: 'wait', untilMs: later, why: 'person' } : { kind: 'stop' },
    });
    const asked: string[] = [];
    const grant = (candidate: { readonly key: string; readonly n: number }): ReturnType<typeof ledger.granted> => {
      asked.push(candidate.key);
      return ledger.granted(candidate);
    };
    const first = await opened.store.admit(ledger.scope, { nowMs: ledger.tick(), max: 2, grant, tallying });
    expect(asked).toEqual(['appointment-4', 'appointment-3']);
    expect(first.more).toBe(true);
    expect(first.admitted.map(({ attempt }) => attempt)).toMatchObject([
      {
        key: 'appointment-4',
        n: 1,
        version: 1,
        state: { kind: 'intent' },
        intentMs: ledger.nowMs,
        polls: 0,
        earlier: [],
      },
      { key: 'appointment-3', dispatch: `dispatch-${String(ledger.nowMs)}`, resourceId: 'workflow-1' },
    ]);
    const rest = await opened.store.admit(ledger.scope, { nowMs: ledger.tick(), max: 10, grant, tallying });
    expect(rest.more).toBe(false);
    expect(rest.admitted).toHaveLength(2);
    expect(await opened.store.nextDueMs(ledger.scope.waveId, ['pending'])).toBe(later);
    expect(await ledger.standings()).toMatchObject({ 5: 'pending person', 4: 'intent' });
  });

  test('stops where it is told to, and says that more are due', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1), patient(2));
    let shown = 0;
    const stopped = await opened.store.admit(ledger.scope, {
      nowMs: ledger.tick(),
      max: 10,
      tallying,
      grant: () => {
        shown += 1;
        return { kind: 'stop' };
      },
    });
    expect([shown, stopped]).toMatchObject([1, { admitted: [], more: true }]);
  });

  test('ends whom no retry can reach any more as the last attempt did', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1), patient(2));
    for (const { attempt } of await ledger.admit()) await ledger.happens(attempt, unanswered);
    ledger.tick(60_000);
    await ledger.admit({ grant: () => ({ kind: 'skip', reason: 'expired' }) });
    expect(await ledger.standings()).toEqual({ 1: 'done no_answer', 2: 'done no_answer' });
    expect(await ledger.store.counts(ledger.scope.waveId)).toMatchObject({ outcomes: { no_answer: 2 }, skips: {} });
    expect(await ledger.admit()).toEqual([]);
    await ledger.enrol(patient(1), patient(2));
    expect(await ledger.standings()).toEqual({ 1: 'done no_answer', 2: 'done no_answer' });
  });

  test('writes waits and skips of those who are not admitted', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1), patient(2));
    await ledger.admit({
      grant: ({ key }) =>
        key === 'appointment-1'
          ? { kind: 'wait', untilMs: 2_000_000, why: 'window' }
          : { kind: 'skip', reason: 'not_after' },
    });
    expect(await ledger.standings()).toEqual({ 1: 'pending window', 2: 'skipped not_after' });
    expect(await opened.store.counts(ledger.scope.waveId)).toMatchObject({
      recipients: 2,
      states: { pending: 1, skipped: 1 },
      waits: { window: 1 },
      skips: { not_after: 1 },
    });
    const waitsAt = async (nowMs: number): Promise<unknown> =>
      (await opened.store.counts(ledger.scope.waveId, nowMs)).waits;
    expect([await waitsAt(1_999_999), await waitsAt(2_000_000)]).toEqual([{ window: 1 }, { new: 1 }]);
  });

  test('writes nothing when a decision fails', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1), patient(2));
    const failing = ledger.admit({
      grant: (candidate) => {
        if (candidate.key === 'appointment-2') throw new Error('no such zone');
        return ledger.granted(candidate);
      },
    });
    await expect(failing).rejects.toThrow('no such zone');
    expect(await ledger.standings()).toEqual({ 1: 'pending new', 2: 'pending new' });
    expect(await opened.events()).toEqual([]);
  });

  test('bounds how many it looks at in one transaction', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(...Array.from({ length: 5_200 }, (_, index) => patient(index)));
    let shown = 0;
    const look = (): ReturnType<Store['admit']> =>
      opened.store.admit(ledger.scope, {
        nowMs: ledger.tick(),
        max: 10,
        tallying,
        grant: () => {
          shown += 1;
          return { kind: 'wait', untilMs: 9_000_000, why: 'window' };
        },
      });
    expect(await look()).toMatchObject({ admitted: [], more: true });
    expect(shown).toBe(5_000);
    expect(await look()).toMatchObject({ admitted: [], more: false });
    expect(shown).toBe(5_200);
  });

  test('shows that a phone is busy, in whatever campaign, and never grants it twice', async () => {
    await using opened = await open();
    const clinic = await Ledger.open(opened.store, { callEach: true });
    const garage = await Ledger.open(await opened.another(), { campaign: 'garage-recall' });
    await clinic.enrol(patient(1), patient(2, { number: 1 }));
    await garage.enrol(patient(1));
    const [first] = await clinic.admit();
    expect(await clinic.standings()).toEqual({ 1: 'intent', 2: 'pending phone_busy' });
    expect(await garage.admit()).toEqual([]);
    expect(await garage.standings()).toEqual({ 1: 'pending phone_busy' });
    garage.tick(10_000);
    await expect(garage.admit({ grant: (candidate) => garage.granted(candidate) })).rejects.toThrow('open attempt');
    await clinic.happens(present(first).attempt, answered);
    garage.tick(10_000);
    expect(await garage.admit()).toHaveLength(1);
  });

  test('counts the calls of a person over all campaigns, but not the voided and refused', async () => {
    await using opened = await open();
    const clinic = await Ledger.open(opened.store);
    const garage = await Ledger.open(opened.store, { campaign: 'garage-recall' });
    const shop = await Ledger.open(opened.store, { campaign: 'shop-survey' });
    const started: number[] = [];
    for (const [ledger, event] of [
      [clinic, answered],
      [garage, unanswered],
      [shop, voided],
    ] as const) {
      await ledger.enrol(patient(1));
      ledger.nowMs = clinic.nowMs + started.length * 1_000;
      const [admitted] = await ledger.admit();
      started.push(present(admitted).attempt.intentMs);
      await ledger.happens(present(admitted).attempt, event);
    }
    const bank = await Ledger.open(opened.store, { campaign: 'bank-lending' });
    await bank.enrol(patient(1));
    const [first, second] = started;
    const seen: (readonly (readonly number[])[])[] = [];
    const looking = (ledger: Ledger) =>
      ledger.admit({
        person: [
          { calls: 5, sinceMs: 0, in: 'store' },
          { calls: 1, sinceMs: 0, in: 'store' },
          { calls: 5, sinceMs: present(second), in: 'store' },
          { calls: 5, sinceMs: 0, in: 'campaign' },
        ],
        grant: ({ personCallsMs }) => {
          seen.push(personCallsMs);
          return { kind: 'stop' };
        },
      });
    await looking(bank);
    expect(seen).toEqual([[[second, first], [second], [second], []]]);
    const again = await Ledger.open(opened.store, { campaign: 'garage-recall', wave: 'december' });
    await again.enrol(patient(1));
    await looking(again);
    expect(seen.at(-1)).toEqual([[second, first], [second], [second], [second]]);
    const [admitted] = await bank.admit();
    await bank.happens(present(admitted).attempt, { kind: 'refused', reason: 'HTTP 400' });
    expect(await bank.standings()).toEqual({ 1: 'rejected' });
  });

  test('counts a call of a person from when it was to be dialled, where it was scheduled', async () => {
    await using opened = await open();
    const clinic = await Ledger.open(opened.store);
    await clinic.enrol(patient(1));
    const scheduledMs = clinic.nowMs + 2_000_000;
    const [admitted] = await clinic.admit({
      grant: (candidate) => {
        const granted = clinic.granted(candidate);
        return granted.kind === 'grant' ? { ...granted, event: { ...granted.event, scheduledMs } } : granted;
      },
    });
    clinic.tick(2_100_000);
    await clinic.happens(present(admitted).attempt, unanswered);
    const garage = await Ledger.open(opened.store, { campaign: 'garage-recall' });
    garage.nowMs = clinic.nowMs;
    await garage.enrol(patient(1));
    const seen: (readonly (readonly number[])[])[] = [];
    await garage.admit({
      person: [
        { calls: 1, sinceMs: scheduledMs, in: 'store' },
        { calls: 1, sinceMs: scheduledMs + 1, in: 'store' },
      ],
      grant: ({ personCallsMs }) => {
        seen.push(personCallsMs);
        return { kind: 'stop' };
      },
    });
    expect(seen).toEqual([[[scheduledMs], []]]);
  });

  test('shows when the earlier attempts of the wave were started, or were to be dialled, where that is asked for', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    const other = await Ledger.open(await opened.another(), { campaign: 'garage-recall' });
    await other.enrol(patient(1));
    await other.happens(present((await other.admit())[0]).attempt, answered);
    await ledger.enrol(patient(1), patient(2), patient(3));
    const scheduledMs = ledger.nowMs + 2_000_000;
    const [first, second, third] = await ledger.admit({
      grant: (candidate) => {
        const granted = ledger.granted(candidate);
        if (candidate.phone !== phoneOf(2) || granted.kind !== 'grant') return granted;
        return { ...granted, event: { ...granted.event, scheduledMs } };
      },
    });
    await ledger.happens(present(first).attempt, unanswered);
    await ledger.happens(present(second).attempt, unanswered);
    await ledger.happens(present(third).attempt, voided);
    ledger.tick(3_000_000);
    const asked = new Map<string, readonly number[]>();
    const looking = (earlier: boolean) =>
      ledger.admit({
        earlier,
        grant: ({ key, earlierMs }) => {
          asked.set(key, earlierMs);
          return { kind: 'wait', untilMs: ledger.nowMs, why: 'time_of_day' };
        },
      });
    await looking(true);
    expect([...asked]).toEqual([
      ['appointment-3', []],
      ['appointment-1', [present(first).attempt.intentMs]],
      ['appointment-2', [scheduledMs]],
    ]);
    expect(await ledger.standings()).toMatchObject({ 1: 'pending time_of_day 2' });
    await looking(false);
    expect([...asked.values()]).toEqual([[], [], []]);
  });
}

function recording(open: () => Promise<Opened>): void {
  test('knows when the address began its last calls, in whatever wave; test calls are beside it', async () => {
    await using opened = await open();
    const started: number[] = [];
    for (const [id, wave] of ['2026-11-24', 'test:1', '2026-12-01'].entries()) {
      const ledger = await Ledger.open(opened.store, { wave });
      await ledger.enrol(patient(id));
      ledger.nowMs += id * 60_000;
      const [admitted] = await ledger.admit();
      started.push(present(admitted).attempt.intentMs);
    }
    const { scope } = await Ledger.open(opened.store, { wave: '2027-01-01' });
    expect(await opened.store.lastStarts(scope, 5)).toEqual([started[0], started[2]]);
    expect(await opened.store.lastStarts(scope, 1)).toEqual([started[2]]);
    const other = await Ledger.open(opened.store, { campaign: 'garage-recall' });
    expect(await opened.store.lastStarts(other.scope, 5)).toEqual([]);
  });

  test('counts the slots of all waves of the address, but for test calls', async () => {
    await using opened = await open();
    const others = [{ wave: '2026-11-24' }, { wave: 'test:1' }, { campaign: 'garage-recall' }];
    for (const [id, of] of others.entries()) {
      const ledger = await Ledger.open(opened.store, of);
      await ledger.enrol(patient(id));
      expect(await ledger.admit()).toHaveLength(1);
    }
    const { store, scope } = await Ledger.open(opened.store, { wave: '2026-12-01' });
    expect(await store.slots(scope, { sinceMs: 0, startedMs: 0 })).toBe(1);
  });

  test('takes a call of an earlier run for no older than its intent, whose engine time fell behind', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1));
    const [admitted] = await ledger.admit();
    const { attempt } = present(admitted);
    ledger.nowMs -= 300_000;
    await ledger.happens(attempt, { kind: 'accepted', handle: { callId: 'c1' } });
    const sinceMs = attempt.intentMs - 180_000;
    const held = (startedMs: number): Promise<number> => opened.store.slots(ledger.scope, { sinceMs, startedMs });
    expect(await held(attempt.intentMs)).toBe(1);
    expect(await held(attempt.intentMs - 1)).toBe(0);
  });

  test('follows an attempt to its end, and says what became of the recipient', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    const { store, scope } = ledger;
    await ledger.enrol(patient(1));
    const [admitted] = await ledger.admit();
    const { attempt } = present(admitted);
    expect(await store.slots(scope, { sinceMs: 0, startedMs: 0 })).toBe(1);
    const ringing = present(
      await ledger.happens(attempt, { kind: 'accepted', handle: { batchId: 'b1', callId: 'c1' } }),
    );
    const [read] = await store.openAttempts(scope.waveId, ['accepted']);
    expect(read).toEqual(ringing);
    expect(await store.slots(scope, { sinceMs: ledger.nowMs - 1, startedMs: 0 })).toBe(1);
    expect(await store.slots(scope, { sinceMs: ledger.nowMs, startedMs: 0 })).toBe(0);
    expect(await store.lastStarts(scope, 5)).toEqual([attempt.intentMs]);
    const dueMs = present(await store.nextDueMs(scope.waveId, ['open']));
    expect(await store.nextDueMs(scope.waveId, ['open'], dueMs - 1)).toBe(dueMs);
    expect(await store.nextDueMs(scope.waveId, ['open'], dueMs)).toBeUndefined();
    expect(await store.due(scope, { kinds: ['accepted'], nowMs: dueMs - 1, max: 9 })).toEqual([]);
    expect(await store.due(scope, { kinds: ['in_doubt'], nowMs: dueMs, max: 9 })).toEqual([]);
    expect(await store.due(scope, { kinds: ['accepted', 'in_doubt'], nowMs: dueMs, max: 9 })).toEqual([ringing]);
    await ledger.happens(ringing, answered);
    expect(await store.nextDueMs(scope.waveId, ['open', 'pending'])).toBeUndefined();
    expect(await store.counts(scope.waveId)).toEqual({
      recipients: 1,
      states: { done: 1 },
      outcomes: { answered: 1 },
      replies: { Confirm: 1 },
      attempts: 1,
      seconds: 31,
      waits: {},
      skips: {},
    });
    expect(await ledger.results()).toEqual([
      {
        key: 'appointment-1',
        phone: phoneOf(1),
        standing: { kind: 'done' },
        row: patient(1).row,
        variables: patient(1).variables,
        attempts: [
          {
            n: 1,
            intentMs: attempt.intentMs,
            endedMs: ledger.nowMs,
            state: answered,
            definition: 'definition-1',
            resourceId: 'workflow-1',
            events: ['intended', 'accepted', 'ended'],
          },
        ],
      },
    ]);
  });

  test('lets the first of two writers win, and says which writes lost', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1), patient(2));
    const [first, second] = await ledger.admit();
    const { attempt } = present(first);
    await ledger.happens(attempt, accepted);
    expect(await ledger.happens(attempt, doubted)).toBeUndefined();
    expect(await ledger.happens({ ...present(second).attempt, n: 7 }, accepted)).toBeUndefined();
    expect(await ledger.standings()).toEqual({ 1: 'accepted', 2: 'intent' });
    expect((await opened.events()).map(({ event }) => event.kind)).toEqual(['intended', 'accepted', 'intended']);
    expect(await ledger.store.record(ledger.scope, [], { nowMs: 1, tallying })).toMatchObject({ lost: [] });
  });

  test('uses the number of a voided attempt again, and keeps its events', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1));
    const [first] = await ledger.admit();
    const doubtful = present(await ledger.happens(present(first).attempt, doubted));
    await ledger.store.postpone(ledger.scope, [{ attempt: doubtful, dueMs: ledger.nowMs }]);
    await ledger.happens(doubtful, voided);
    expect(await ledger.standings()).toEqual({ 1: 'pending voided' });
    expect(await ledger.store.counts(ledger.scope.waveId)).toMatchObject({ attempts: 0 });
    ledger.tick();
    const [again] = await ledger.admit();
    expect(again).toMatchObject({ attempt: { n: 1, version: 4, polls: 0 } });
    expect(await ledger.store.openAttempts(ledger.scope.waveId, ['intent'])).toEqual([present(again).attempt]);
    expect(await ledger.happens(present(first).attempt, accepted)).toBeUndefined();
    expect((await ledger.results())[0]?.attempts[0]?.endedMs).toBeUndefined();
    await ledger.happens(present(again).attempt, accepted);
    const [row] = await ledger.results();
    expect(row?.attempts.map(({ events }) => events)).toEqual([
      ['intended', 'doubted', 'voided', 'intended', 'accepted'],
    ]);
  });

  test('lets one of a refused batch go alone until it is answered, however often it is voided', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1));
    const [first] = await ledger.admit();
    const refused = await ledger.happens(present(first).attempt, {
      kind: 'doubted',
      why: 'the batch was refused',
      needs: 1,
    });
    await ledger.happens(present(refused), { kind: 'voided', reason: 'not at the provider, by complete listings' });
    const [second] = await ledger.admit();
    expect(present(second).alone).toBe(true);
    await ledger.happens(present(second).attempt, voided);
    ledger.tick();
    const [third] = await ledger.admit();
    expect(present(third).alone).toBe(true);
    await ledger.happens(present(await ledger.happens(present(third).attempt, accepted)), unanswered);
    ledger.tick(60_000);
    expect((await ledger.admit()).map(({ alone, attempt }) => [attempt.n, alone])).toEqual([[2, false]]);
  });

  test('never makes a second call under a number that was used', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1));
    const [admitted] = await ledger.admit();
    const { attempt } = present(admitted);
    const standing = { kind: 'pending', n: 1, dueMs: 0, why: 'new' } as const;
    const wrong = { attempt, event: unanswered, state: { kind: 'ended', outcome: 'no_answer' }, standing } as const;
    await ledger.store.record(ledger.scope, [wrong], { nowMs: ledger.tick(), tallying });
    await expect(ledger.admit()).rejects.toThrow('not voided');
    expect((await opened.events()).map(({ event }) => event.kind)).toEqual(['intended', 'ended']);
  });

  test('retries by policy, and ends with the last outcome', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1));
    for (const standing of ['pending retry 2', 'done no_answer']) {
      ledger.tick(60_000);
      const [admitted] = await ledger.admit();
      await ledger.happens(present(admitted).attempt, unanswered);
      expect(await ledger.standings()).toEqual({ 1: standing });
    }
    expect(await ledger.store.counts(ledger.scope.waveId)).toMatchObject({ attempts: 2, outcomes: { no_answer: 1 } });
  });

  test('only moves the due time of a poll that brought nothing', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    const { store, scope } = ledger;
    await ledger.enrol(patient(1));
    const [admitted] = await ledger.admit();
    const ringing = present(await ledger.happens(present(admitted).attempt, accepted));
    await store.postpone(scope, [{ attempt: ringing, dueMs: 5_000_000.5 }]);
    expect(await store.nextDueMs(scope.waveId, ['open'])).toBe(5_000_000.5);
    const [polled] = await store.openAttempts(scope.waveId, ['accepted']);
    expect(polled).toEqual({ ...ringing, polls: 1 });
    const ended = present(await ledger.happens(ringing, answered));
    await store.postpone(scope, [
      { attempt: ringing, dueMs: 1 },
      { attempt: ended, dueMs: 1 },
    ]);
    expect(await store.nextDueMs(scope.waveId, ['open'])).toBeUndefined();
  });

  test('finds accepted attempts by their batch or call, and no others', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1), patient(2), patient(3), patient(4));
    const [one, two, three, four] = (await ledger.admit()).map(({ attempt }) => attempt);
    const batched = await ledger.happens(present(one), { kind: 'accepted', handle: { batchId: 'b', callId: 'c1' } });
    const single = await ledger.happens(present(two), { kind: 'accepted', handle: { callId: 'c2' } });
    const over = await ledger.happens(present(three), { kind: 'accepted', handle: { batchId: 'b', callId: 'c3' } });
    await ledger.happens(present(over), answered);
    await ledger.happens(present(four), doubted);
    const { waveId } = ledger.scope;
    const { acceptedAs } = ledger.store;
    expect(await acceptedAs(waveId, [{ batchId: 'b' }])).toEqual([batched]);
    expect(await acceptedAs(waveId, [{ callId: 'c2' }, { batchId: 'b' }, { callId: 'c1' }])).toEqual([batched, single]);
    expect(await acceptedAs(waveId, [{ callId: 'b' }, { batchId: 'c1' }, { callId: 'c3' }, {}])).toEqual([]);
    expect(await acceptedAs(waveId + 1, [{ batchId: 'b' }])).toEqual([]);
  });

  test('knows which attempt a handle belongs to, by its ids and number', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1), patient(2));
    const [one, two] = await ledger.admit();
    await ledger.happens(present(one).attempt, { kind: 'accepted', handle: { batchId: 'b', callId: 'c1' } });
    await ledger.happens(present(two).attempt, { kind: 'accepted', handle: { batchId: 'b' } });
    const { boundTo } = ledger.store;
    const [first, second] = [present(one).attempt.reference, present(two).attempt.reference];
    expect(await boundTo({ callId: 'c1', phone: phoneOf(1).slice(1) })).toBe(first);
    expect(await boundTo({ callId: 'c1', phone: phoneOf(2) })).toBeUndefined();
    expect(await boundTo({ batchId: 'b', phone: phoneOf(2) })).toBe(second);
    expect(await boundTo({ batchId: 'b', callId: 'c2', phone: phoneOf(2) })).toBe(second);
    expect(await boundTo({ batchId: 'b', phone: phoneOf(3) })).toBeUndefined();
    expect(await boundTo({ phone: phoneOf(1) })).toBeUndefined();
    const [national, masked] = [`0${phoneOf(1).slice('+234'.length)}`, '+234******01'];
    expect(await boundTo({ callId: 'c1', phone: national })).toBe(first);
    expect(await boundTo({ batchId: 'b', phone: national })).toBe(first);
    expect(await boundTo({ callId: 'c1', phone: masked })).toBe(first);
    expect(await boundTo({ batchId: 'b', phone: masked })).toBeUndefined();
  });

  test('binds nothing to a handle where its number may be that of two', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    const nigerian = patient(1, { number: 30_000_001 });
    const american = { ...patient(2), phone: '+18030000001' as E164 };
    await ledger.enrol(nigerian, american);
    const admitted = await ledger.admit();
    for (const { attempt } of admitted) {
      await ledger.happens(attempt, { kind: 'accepted', handle: { batchId: 'b' } });
    }
    const references = admitted.map(({ attempt }) => attempt.reference);
    const { boundTo } = ledger.store;
    expect(await boundTo({ batchId: 'b', phone: '08030000001' })).toBeUndefined();
    expect(await boundTo({ batchId: 'b', phone: american.phone })).toBe(references[1]);
  });

  test('knows the batch of a dispatch by any of its attempts', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1), patient(2), patient(3));
    const [one, two] = await ledger.admit({ max: 2 });
    const [three] = await ledger.admit();
    const batchOf = (attempt: Attempt) => ledger.store.batchOf(ledger.scope.waveId, attempt);
    await ledger.happens(present(two).attempt, doubted);
    expect(await batchOf(present(two).attempt)).toBeUndefined();
    await ledger.happens(present(one).attempt, accepted);
    expect(await batchOf(present(two).attempt)).toBe('batch-1');
    expect(await batchOf(present(three).attempt)).toBeUndefined();
  });

  test('lets a person settle what could not be resolved', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    const { store, scope } = ledger;
    await ledger.enrol(patient(1), patient(2));
    for (const { attempt } of await ledger.admit()) {
      const doubtful = present(await ledger.happens(attempt, doubted));
      expect(await store.slots(scope, { sinceMs: ledger.nowMs, startedMs: 0 })).toBe(
        attempt.key === 'appointment-1' ? 2 : 1,
      );
      await ledger.happens(doubtful, { kind: 'gave_up', reason: 'two calls could be this one' });
    }
    expect(await ledger.standings()).toEqual({ 1: 'unresolved', 2: 'unresolved' });
    const [one, two] = await store.openAttempts(scope.waveId, ['unresolved']);
    await ledger.happens(present(one), { kind: 'settled', as: 'called', by: 'ada' });
    await ledger.happens(present(two), { kind: 'settled', as: 'not-called', by: 'ada' });
    expect(await ledger.standings()).toEqual({ 1: 'done unknown', 2: 'pending voided' });
  });
}

function imports(open: () => Promise<Opened>): void {
  test('makes calls that only the provider knows open, so that nobody is called again', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    expect(await ledger.import({ id: 1, n: 1, createdMs: 900_000, status: 'RINGING' })).toBe(1);
    expect(await ledger.import({ id: 1, n: 1 })).toBe(0);
    expect(await ledger.import({ id: 1, n: 1 }, { id: 9, n: 1 }, { id: 9, n: 1 })).toBe(1);
    const [attempt] = await ledger.store.openAttempts(ledger.scope.waveId, ['accepted']);
    expect(attempt).toMatchObject({
      key: ledger.tagOf('appointment-1'),
      phone: phoneOf(1),
      intentMs: 900_000,
      state: { kind: 'accepted', handle: { callId: 'call-1-1' }, sinceMs: 900_000, status: 'RINGING' },
    });
    const list = [patient(1), patient(2)];
    const comparison = { fresh: 1, called: 1, changed: 0, pending: 0, suppressed: 0, removed: 0 };
    expect(await ledger.compare(...list)).toEqual(comparison);
    expect(await ledger.enrol(...list)).toEqual(comparison);
    expect(await ledger.standings()).toMatchObject({ 1: 'accepted', 2: 'pending new' });
    expect((await ledger.results())[0]).toMatchObject({ key: 'appointment-1', row: patient(1).row });
    expect(await ledger.enrol(...list)).toEqual({ ...comparison, fresh: 0, pending: 1 });
  });

  test('maps a call whose key nobody knows any more by its number', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.import({ id: 1, n: 1 });
    const renamed = patient(11, { number: 1 });
    expect(await ledger.enrol(renamed)).toMatchObject({ called: 1, fresh: 0, changed: 0 });
    expect((await ledger.results()).map(({ key, variables }) => [key, variables])).toEqual([
      ['appointment-11', renamed.variables],
    ]);
    expect(await ledger.enrol(patient(1))).toMatchObject({ called: 1, fresh: 0 });
  });

  test('maps it by the number of a row that the ledger knows already', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(2, { number: 1 }));
    await ledger.import({ id: 1, n: 1 });
    expect(await ledger.enrol(patient(2, { number: 1 }))).toMatchObject({ called: 1, fresh: 0, pending: 0 });
    expect(await ledger.admit()).toEqual([]);
    const [attempt] = await ledger.store.openAttempts(ledger.scope.waveId, ['accepted']);
    await ledger.happens(present(attempt), unanswered);
    ledger.tick(60_000);
    const [retry] = await ledger.admit();
    expect(retry).toMatchObject({ attempt: { n: 2 }, variables: patient(2).variables, call: patient(2).call });
  });

  test('opens a recipient that was pending', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1), patient(2));
    await ledger.import({ id: 1, n: 1 });
    expect(await ledger.standings()).toEqual({ 1: 'accepted', 2: 'pending new' });
    expect((await ledger.admit()).map(({ attempt }) => attempt.key)).toEqual(['appointment-2']);
  });

  test('follows the earlier of two calls without letting it decide', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    const { store, scope } = ledger;
    await ledger.import({ id: 1, n: 2 }, { id: 1, n: 1 });
    await ledger.enrol(patient(1));
    const byNumber = (await store.openAttempts(scope.waveId, ['accepted'])).toSorted((a, b) => a.n - b.n);
    const [first, second] = byNumber;
    await ledger.happens(present(first), unanswered);
    expect(await ledger.standings()).toEqual({ 1: 'accepted' });
    await ledger.happens(present(second), answered);
    expect(await ledger.standings()).toEqual({ 1: 'done answered' });
    expect(await store.counts(scope.waveId)).toMatchObject({ states: { done: 1 }, attempts: 2 });
  });

  test('keeps a phone busy until the last of its imported calls is over', async () => {
    await using opened = await open();
    const clinic = await Ledger.open(opened.store);
    await clinic.import({ id: 1, n: 2 }, { id: 1, n: 1 }, { id: 5, n: 1, phone: phoneOf(1) });
    const garage = await Ledger.open(opened.store, { campaign: 'garage-recall' });
    await garage.enrol(patient(1));
    for (const attempt of await opened.store.openAttempts(clinic.scope.waveId, ['accepted'])) {
      garage.tick(10_000);
      expect(await garage.admit()).toEqual([]);
      await clinic.happens(attempt, answered);
    }
    garage.tick(10_000);
    expect(await garage.admit()).toHaveLength(1);
  });

  test('does not retry somebody whom no list names, until one does', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.import({ id: 1, n: 1 });
    const [attempt] = await ledger.store.openAttempts(ledger.scope.waveId, ['accepted']);
    await ledger.happens(present(attempt), unanswered);
    ledger.tick(60_000);
    expect(await ledger.admit()).toEqual([]);
    expect(await ledger.store.counts(ledger.scope.waveId)).toMatchObject({ skips: { removed: 1 } });
    await ledger.enrol(patient(1));
    expect(await ledger.standings()).toEqual({ 1: 'pending retry 2' });
    expect(await ledger.admit()).toHaveLength(1);
  });

  test('believes the provider where a voided attempt was called all the same', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1));
    const [admitted] = await ledger.admit();
    await ledger.happens(present(admitted).attempt, voided);
    expect(await ledger.import({ id: 1, n: 1, createdMs: 99_999_999 })).toBe(1);
    expect(await ledger.standings()).toEqual({ 1: 'accepted' });
    const [row] = await ledger.results();
    expect(row?.attempts).toMatchObject([
      { n: 1, intentMs: ledger.nowMs, events: ['intended', 'voided', 'intended', 'seen'] },
    ]);
    const [open1] = await ledger.store.openAttempts(ledger.scope.waveId, ['accepted']);
    expect(present(open1).version).toBe(4);
    expect(await ledger.happens(present(open1), answered)).toBeDefined();
  });

  test('follows a later call than the ledger knows, though the recipient was done', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1));
    const [admitted] = await ledger.admit();
    await ledger.happens(present(admitted).attempt, answered);
    await ledger.import({ id: 1, n: 2 });
    expect(await ledger.standings()).toEqual({ 1: 'accepted' });
    expect(await ledger.store.counts(ledger.scope.waveId)).toMatchObject({ outcomes: {}, replies: {}, attempts: 2 });
  });

  test('takes a number as a country dials it for the recipient that it ends like', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1), patient(2));
    await ledger.import({ id: 1, n: 1, phone: '080 0000 0001' }, { id: 2, n: 1, phone: '+2348000000077' });
    const open2 = await ledger.store.openAttempts(ledger.scope.waveId, ['accepted']);
    expect(open2.map(({ phone }) => phone)).toEqual([phoneOf(1), phoneOf(77)]);
  });
}

function reading(open: () => Promise<Opened>): void {
  test('reads what another writes, and compares without writing', async () => {
    await using opened = await open();
    const reader = await opened.toRead();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1), patient(2));
    const comparison = await reader.compare(ledger.scope.waveId, listOf(patient(2), patient(3)), ledger.enrolOptions);
    expect(comparison).toEqual({ fresh: 1, called: 0, changed: 0, pending: 1, suppressed: 0, removed: 1 });
    expect(await reader.counts(ledger.scope.waveId)).toMatchObject({ states: { pending: 2 } });
    expect(await reader.wave(ledger.scope.address, ledger.scope.wave)).toMatchObject({ waveId: ledger.scope.waveId });
    expect(await ledger.standings()).toEqual({ 1: 'pending new', 2: 'pending new' });
  });

  test('tells what those without a final state wait for, and who they are', async () => {
    await using opened = await open();
    const { store } = opened;
    const ledger = await Ledger.open(store);
    await ledger.enrol(patient(1), patient(2), patient(3), patient(4), patient(5, { zone: 'Africa/Accra' }));
    const [first, second, third] = await ledger.admit({ max: 3 });
    await ledger.happens(present(first).attempt, { kind: 'ended', outcome: 'no_answer' });
    const calledMs = present(second).attempt.intentMs;
    await ledger.happens(present(second).attempt, { kind: 'accepted', handle: { callId: 'c-2' } });
    await ledger.happens(present(third).attempt, { kind: 'ended', outcome: 'answered' });
    const { waveId } = ledger.scope;
    expect(await store.waitGroups(waveId)).toEqual([
      { state: 'accepted', dueMs: expect.any(Number), recipients: 1 },
      { state: 'pending', why: 'new', zone: 'Africa/Accra', dueMs: expect.any(Number), recipients: 1 },
      { state: 'pending', why: 'new', zone: 'Africa/Lagos', dueMs: expect.any(Number), recipients: 1 },
      { state: 'pending', why: 'retry', zone: 'Africa/Lagos', dueMs: expect.any(Number), recipients: 1 },
    ]);
    const [retried, underWay, ...others] = await store.unfinished(waveId, 3);
    expect(retried).toMatchObject({
      key: 'appointment-1',
      phone: phoneOf(1),
      state: 'pending',
      why: 'retry',
      attempts: 1,
    });
    expect(underWay).toMatchObject({ key: 'appointment-2', state: 'accepted', attempts: 1, calledMs });
    expect(others.map(({ key, attempts }) => [key, attempts])).toEqual([['appointment-4', 0]]);
  });

  test.each<readonly [CallZones, string | undefined]>([
    [{ from: 'number', zones: ['Africa/Accra'] }, 'Africa/Accra'],
    [{ from: 'number', zones: ['America/Chicago', 'America/New_York'] }, undefined],
    [{ from: 'nowhere', why: 'zone_unknown' }, undefined],
  ])('tells the zone of the number where the row has none, if it is one: %o', async (known, told) => {
    await using opened = await open();
    const { store } = opened;
    const ledger = await Ledger.open(store);
    const { zone: _, ...zoneless } = patient(1);
    await store.enrol(ledger.scope, listOf(zoneless, patient(2)), {
      ...ledger.enrolOptions,
      placeOf: ({ zone }) => placeOf(zone === undefined ? known : { from: 'row', zones: [zone] }),
      nowMs: 0,
    });
    const groups = await store.waitGroups(ledger.scope.waveId);
    expect(groups.map(({ zone }) => zone)).toEqual([told, 'Africa/Lagos']);
    const waiting = await store.unfinished(ledger.scope.waveId, 2);
    expect(waiting.map(({ zone }) => zone)).toEqual([told, 'Africa/Lagos']);
    const [one] = await store.history(ledger.scope.address, { key: zoneless.key });
    expect(one?.zone).toBe(told);
  });

  test('names the columns of the rows in their order, those of later rows behind', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(
      patient(1),
      patient(2, { row: { appointment_id: 'appointment-2', doctor: 'Bello', first_name: 'Bola' } }),
    );
    expect(await opened.store.columns(ledger.scope.waveId)).toEqual(['appointment_id', 'first_name', 'doctor']);
  });

  test('reads results in pages, in list order', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    const list = Array.from({ length: 1_203 }, (_, index) => patient(5_000 - index));
    await ledger.enrol(...list);
    expect((await ledger.results()).map(({ key }) => key)).toEqual(list.map(({ key }) => key));
  });

  test('finds those who may be called among numbers, however these are written', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1), patient(2), patient(3));
    await ledger.admit({ max: 1 });
    const due = (...shown: readonly string[]): Promise<readonly string[]> => unknownPhones(ledger, shown);
    expect(await due(...[1, 2, 4].map(phoneOf))).toEqual([phoneOf(2)]);
    const national = [1, 2, 3, 4].map((number) => `0${phoneOf(number).slice('+234'.length)}`);
    expect(await due(...national)).toEqual(national.slice(1, 3));
    const withoutPlus = phoneOf(2).slice(1);
    expect(await due(withoutPlus, `+1${phoneOf(3).slice(-10)}`)).toEqual([withoutPlus]);
  });

  test('counts those who wait for a retry, or whose call may still lead to one, among those who may be called', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1), patient(2), patient(3));
    const [, second, third] = await ledger.admit();
    await ledger.happens(present(second).attempt, accepted);
    const ringing = present(await ledger.happens(present(third).attempt, accepted));
    await ledger.happens(ringing, { kind: 'ended', outcome: 'no_answer', handle: { callId: 'c3' } });
    expect(await unknownPhones(ledger, [1, 2, 3].map(phoneOf))).toEqual([phoneOf(2), phoneOf(3)]);
  });

  test('takes a call for that of an attempt that nothing is bound to, one for each', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1), patient(2, { phone: phoneOf(1) }));
    const [first] = await ledger.admit({ max: 1 });
    await ledger.happens(present(first).attempt, { kind: 'doubted', why: 'the connection was reset', needs: 2 });
    expect(await unknownPhones(ledger, [phoneOf(1)])).toEqual([]);
    expect(await unknownPhones(ledger, [phoneOf(1), phoneOf(1)])).toEqual([phoneOf(1)]);
  });

  test('takes no call for that of an attempt that was given up before, or begun after it', async () => {
    await using opened = await open();
    const before = await Ledger.open(opened.store);
    await before.enrol(patient(1));
    const [first] = await before.admit();
    const { attempt } = present(first);
    const lost = present(await before.happens(attempt, doubted));
    await before.happens(lost, { kind: 'gave_up', reason: 'two calls could be this one' });
    const wave = { wave: '2026-12-01' };
    const ledger = await Ledger.open(opened.store, wave);
    await ledger.enrol(patient(1));
    const dayMs = 86_400_000;
    const unknown = async (...times: readonly number[]): Promise<readonly (number | undefined)[]> => {
      const calls = times.map((createdMs) => ({ phone: phoneOf(1), createdMs }));
      return (await opened.store.unknownCalls(ledger.scope.waveId, calls)).map(({ createdMs }) => createdMs);
    };
    const { intentMs } = attempt;
    expect(await unknown(intentMs)).toEqual([]);
    expect(await unknown(intentMs + dayMs)).toEqual([intentMs + dayMs]);
    expect(await unknown(intentMs - dayMs, intentMs)).toEqual([intentMs - dayMs]);
  });

  test('takes a number that cannot be read for that of anybody who may be called', async () => {
    await using opened = await open();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1));
    const masked = '+234******99';
    expect(await unknownPhones(ledger, [masked])).toEqual([masked]);
    await ledger.admit();
    expect(await unknownPhones(ledger, [masked])).toEqual([]);
  });
}

async function unknownPhones({ store, scope }: Ledger, shown: readonly string[]): Promise<readonly string[]> {
  const calls = await store.unknownCalls(
    scope.waveId,
    shown.map((phone) => ({ phone })),
  );
  return calls.map(({ phone }) => phone);
}

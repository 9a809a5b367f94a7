/** Waits that many share are written together, and are those that asking about each one gives. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { gate, isShared, type Gates } from '../../src/ledger/gate.ts';
import { openingsOf } from '../../src/ledger/window.ts';
import type { Window } from '../../src/model/window.ts';
import { placeOf } from '../../src/model/place-of.ts';
import type { Recipient } from '../../src/model/recipient.ts';
import { numberZones } from '../../src/recipients/number-zones.ts';
import type { GrantDecision } from '../../src/store/contract/admission.ts';
import { Ledger, listOf, patient, tallying } from './ledger.ts';
import { openTemporary, type SqliteOpened } from './sqlite-store.ts';

const zonesOf = numberZones({ 'Africa/Lagos': '234', 'America/New_York': '1212' });
const everyDay: Window['days'] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const hourMs = 3_600_000;

/** Half past nine in Lagos, in the night in which New York sets its clocks back. */
const nowMs = Date.UTC(2026, 10, 1, 8, 30);

type Case = { readonly list: readonly Recipient[]; readonly gates: Gates; readonly called: number };

const times = fc.constantFrom(
  undefined,
  undefined,
  undefined,
  undefined,
  undefined,
  -hourMs,
  hourMs,
  8 * hourMs,
  30 * hourMs,
);
const person = fc.record({
  zone: fc.constantFrom(undefined, 'Africa/Lagos', 'America/New_York', 'Asia/Kolkata'),
  before: times,
  after: times,
  voice: fc.constantFrom('pidgin', 'pidgin', 'pidgin', 'nigerian'),
  suppressed: fc.constantFrom(false, false, false, true),
});

const anything: fc.Arbitrary<Case> = fc.record({
  list: fc.array(person, { minLength: 20, maxLength: 40 }).map((people) =>
    people.map(({ zone, before, after, voice, suppressed }, id) => ({
      ...withZone(patient(id, { call: { voice }, suppressed }), zone),
      ...(before !== undefined && { notBeforeMs: nowMs + before }),
      ...(after !== undefined && { notAfterMs: nowMs + after }),
    })),
  ),
  gates: fc
    .record({
      windows: fc
        .constantFrom<readonly [number, number]>([9 * 60, 10 * 60], [90, 3 * 60], [0, 60])
        .map(([fromMinute, toMinute]) => [{ days: everyDay, fromMinute, toMinute }]),
      start: fc.constantFrom(undefined, undefined, 2 * hourMs),
      end: fc.constantFrom(undefined, undefined, 12 * hourMs),
      expire: fc.constantFrom(undefined, 60 * hourMs, 72 * hourMs),
    })
    .map(({ windows, start, end, expire }) => ({
      windows,
      ...(start !== undefined && { startAtMs: nowMs + start }),
      ...(end !== undefined && { endAtMs: nowMs + end }),
      ...(expire !== undefined && { expireAfterMs: expire }),
      perPerson: [{ calls: 1, perMs: 24 * hourMs, in: 'store' as const }],
      zonesOf,
      openingAfter: openingsOf({ windows }),
      isSuppressed: () => false,
    })),
  called: fc.nat({ max: 8 }),
});

function withZone(recipient: Recipient, zone: string | undefined): Recipient {
  if (zone !== undefined) return { ...recipient, zone };
  const { zone: _, ...without } = recipient;
  return without;
}

test('people wait, are called and skipped together as each of them would be', async () => {
  await fc.assert(
    fc.asyncProperty(anything, fc.integer({ min: 1, max: 4 }), async (one, max) => {
      await using apart = await openTemporary();
      await using together = await openTemporary();
      const expected = await admitAll(apart, one, { max, shares: false });
      expect(await admitAll(together, one, { max, shares: true })).toEqual(expected);
    }),
    { numRuns: 80 },
  );
}, 60_000);

/** Enrols, after some of them were called in another campaign of the store; admits until nobody is due. */
async function admitAll(
  opened: SqliteOpened,
  { list, gates, called }: Case,
  { max, shares }: { readonly max: number; readonly shares: boolean },
): Promise<{ readonly admitted: readonly string[]; readonly rows: readonly unknown[] }> {
  const { store } = opened;
  const other = await Ledger.open(store, { campaign: 'garage-recall', callEach: true });
  other.nowMs = nowMs - hourMs;
  await other.enrol(...list.slice(list.length - called).map((recipient) => ({ ...recipient, suppressed: false })));
  await other.admit({ max: called, grant: (candidate) => other.granted(candidate) });
  const ledger = await Ledger.open(store, { callEach: true });
  ledger.nowMs = nowMs;
  // Those who came in two days ago are the last of the list now.
  const middle = list.length / 2;
  for (const [rows, hours] of [
    [list.slice(0, middle), 50],
    [[...list.slice(middle), ...list.slice(0, middle)], 2],
  ] as const) {
    await store.enrol(ledger.scope, listOf(...rows), {
      ...ledger.enrolOptions,
      placeOf: (recipient) => placeOf(zonesOf(recipient)),
      nowMs: nowMs - hours * hourMs,
    });
  }
  const grant = (candidate: Parameters<Ledger['granted']>[0] & Parameters<typeof gate>[0]): GrantDecision => {
    const judged = gate(candidate, gates, nowMs);
    if (judged.kind === 'wait') return { ...judged, shared: shares && isShared(judged, candidate, gates, nowMs) };
    return judged.kind === 'skip' ? judged : ledger.granted(candidate);
  };
  const admitted: string[] = [];
  for (;;) {
    const cap = [{ calls: 1, sinceMs: nowMs - 24 * hourMs, in: 'store' as const }];
    const admission = await store.admit(ledger.scope, { nowMs, max, person: cap, grant, tallying });
    admitted.push(...admission.admitted.map(({ attempt }) => attempt.key));
    if (!admission.more) break;
  }
  const { waveId } = ledger.scope;
  const rows = opened.sql(
    `SELECT key, state, due_ms, why, reason, next_n FROM recipient WHERE wave_id = ${String(waveId)} ORDER BY position`,
  );
  return { admitted, rows };
}

test('who was called before waits for as long as the cap says, among others who do not', async () => {
  await using opened = await openTemporary();
  const list = Array.from({ length: 12 }, (_, id) => patient(id, { zone: 'Asia/Kolkata' }));
  const windows = [{ days: everyDay, fromMinute: 9 * 60, toMinute: 10 * 60 }];
  const gates: Gates = {
    windows,
    perPerson: [{ calls: 1, perMs: 24 * hourMs, in: 'store' }],
    zonesOf,
    openingAfter: openingsOf({ windows }),
    isSuppressed: () => false,
  };
  const { rows } = await admitAll(opened, { list, gates, called: 3 }, { max: 1, shares: true });
  const opensMs = Date.UTC(2026, 10, 2, 3, 30);
  const dueMs = rows.map((row) => (row as { readonly due_ms: number }).due_ms - opensMs);
  // The list begins with its second half.
  expect(dueMs).toEqual([0, 0, 0, 24 * hourMs, 24 * hourMs, 24 * hourMs, 0, 0, 0, 0, 0, 0]);
});

test('reaches whom it may call behind thousands who sleep, by asking about few of them', async () => {
  await using opened = await openTemporary();
  const sleeping = Array.from({ length: 5_000 }, (_, id) => patient(id, { zone: 'Asia/Kolkata' }));
  const ledger = await Ledger.open(opened.store);
  await ledger.enrol(...sleeping, patient(5_001));
  let asked = 0;
  const opensMs = ledger.nowMs + 8 * hourMs;
  const admitted = await ledger.admit({
    grant: (candidate) => {
      asked += 1;
      if (candidate.zone === 'Africa/Lagos') return ledger.granted(candidate);
      return { kind: 'wait', untilMs: opensMs, why: 'window', shared: true };
    },
  });
  expect(admitted.map(({ attempt }) => attempt.key)).toEqual(['appointment-5001']);
  expect(asked).toBeLessThan(300);
});

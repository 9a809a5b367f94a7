import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';
import { expect, test, vi } from 'vitest';
import { emptyTally } from '../../src/model/tally.ts';
import { holder, Ledger, listOf, patient, phoneOf } from './ledger.ts';
import { present } from './present.ts';
import { openTemporary } from './sqlite-store.ts';

const told = { rows: 1, valid: 1, repeated: 0, suppressed: 0, leftOut: 0, rejected: [], digest: 'd', places: [] };

/** What is as long as the list, read whole on purpose; and what is always short. */
const mayBeScanned = new Set([
  'l',
  'm',
  'k',
  'i',
  'kept',
  'listed',
  'opt_out',
  'rerun',
  'json_each',
  'freed',
  'wanted',
  'sqlite_master',
  '2-ROW',
]);

test('finds every row of the ledger by an index, and looks at a whole wave at most once', async () => {
  const plans = new Map<string, readonly string[]>();
  const tableMakers = new Set<string>();
  // oxlint-disable-next-line typescript/unbound-method -- called with its own `this` below
  const { prepare } = DatabaseSync.prototype;
  const spy = vi.spyOn(DatabaseSync.prototype, 'prepare').mockImplementation(function (
    this: DatabaseSync,
    sql: string,
  ): StatementSync {
    if (!sql.startsWith('PRAGMA')) {
      const rows = prepare.call(this, `EXPLAIN QUERY PLAN ${sql}`).all();
      const text = sql.replaceAll(/\s+/g, ' ').trim();
      plans.set(
        text,
        rows.map(({ detail }) => String(detail)),
      );
      const steps = prepare.call(this, `EXPLAIN ${sql}`).all();
      if (steps.some(({ opcode }) => opcode === 'OpenEphemeral')) tableMakers.add(text);
    }
    return prepare.call(this, sql);
  });
  try {
    await useEverything();
  } finally {
    spy.mockRestore();
  }
  expect(plans.size).toBeGreaterThan(50);
  // Such a statement is planned anew with every value.
  expect([...plans.keys()].filter((sql) => /LIMIT \?/.test(sql))).toEqual([]);
  // An IN of more than two values makes a table each time, be it in a CHECK or in the condition of an index.
  const perCall = [...plans.keys()].filter((sql) => isPerCall.test(sql));
  expect(perCall.length).toBeGreaterThan(8);
  expect(perCall.filter((sql) => tableMakers.has(sql))).toEqual([]);
  const scanning = [...plans].filter(([, plan]) => plan.some(isScan));
  expect(scanning).toEqual([]);
  const wide = [...plans].filter(([, plan]) => plan.some(isWide));
  expect(wide.filter(([, plan]) => !isWide(plan[0] ?? ''))).toEqual([]);
  expect(wide.map(([sql]) => sql.trim().slice(0, 60)).toSorted((a, b) => (a < b ? -1 : 1))).toMatchInlineSnapshot(`
    [
      "SELECT * FROM run WHERE wave_id = ? ORDER BY started_ms, run",
      "SELECT 1 FROM recipient WHERE wave_id = ? AND (attempts = 0 ",
      "SELECT 1 FROM recipient WHERE wave_id = ? AND state = 'pendi",
      "SELECT 1 FROM run WHERE wave_id = ? AND started_ms > ? LIMIT",
      "SELECT CASE r.reason WHEN 'suppressed' THEN 'suppressed' WHE",
      "SELECT DISTINCT phone FROM recipient WHERE wave_id = ? AND (",
      "SELECT count(*) AS removed FROM recipient r WHERE r.wave_id ",
      "SELECT intent_ms FROM attempt WHERE wave_id = ? ORDER BY int",
      "SELECT state, iif(state = 'pending', iif(due_ms <= ?2 AND wh",
      "UPDATE recipient SET listed = NOT listed WHERE wave_id = ? A",
      "UPDATE recipient SET state = 'pending', reason = NULL, due_m",
      "UPDATE recipient SET state = 'skipped', reason = 'removed' W",
    ]
  `);
});

/** Runs once or more for every call. */
const isPerCall =
  /^(?:INSERT INTO (?:attempt|event) (?!.*RETURNING)|UPDATE (?:attempt|recipient) SET .* WHERE id = \?|SELECT .* FROM attempt WHERE phone = \?)/;

function isScan(line: string): boolean {
  const scanned = /^SCAN (\S+)/.exec(line)?.[1];
  return scanned !== undefined && !mayBeScanned.has(scanned);
}

/** Goes through a wave by an index, up to its end or to a LIMIT. */
function isWide(line: string): boolean {
  return line.endsWith('(wave_id=?)');
}

async function useEverything(): Promise<void> {
  await using opened = await openTemporary();
  const ledger = await Ledger.open(opened.store);
  const { store, scope } = ledger;
  await ledger.enrol(patient(1), patient(2));
  await ledger.compare(patient(1));
  const [first, second] = await ledger.admit({
    earlier: true,
    person: [
      { calls: 3, sinceMs: 0, in: 'store' },
      { calls: 3, sinceMs: 0, in: 'campaign' },
    ],
  });
  const ringing = present(
    await ledger.happens(present(first).attempt, { kind: 'accepted', handle: { batchId: 'b', callId: 'c' } }),
  );
  await ledger.import({ id: 3, n: 1 }, { id: 3, n: 2 });
  await ledger.happens(ringing, { kind: 'ended', outcome: 'no_answer' });
  await ledger.happens(present(second).attempt, { kind: 'voided', reason: 'HTTP 429' });
  await ledger.enrol(patient(1), patient(12, { number: 2 }), patient(3));
  await ledger.results();
  await store.openAttempts(scope.waveId, ['accepted']);
  await store.acceptedAs(scope.waveId, [{ batchId: 'b', callId: 'c' }]);
  await store.postpone(scope, [{ attempt: ringing, dueMs: 1 }]);
  await store.due(scope, { kinds: ['accepted'], nowMs: 1, max: 1 });
  await store.slots(scope, { sinceMs: 1, startedMs: 1 });
  await store.lastStarts(scope, 1);
  await store.nextDueMs(scope.waveId, ['pending', 'open']);
  await store.boundTo({ batchId: 'b', callId: 'none', phone: phoneOf(1) });
  await store.unknownCalls(scope.waveId, [{ phone: phoneOf(1) }]);
  await store.waitsFor(scope.waveId);
  await store.batchOf(scope.waveId, { dispatch: 'dispatch-1', intentMs: 1 });
  await store.counts(scope.waveId);
  await store.nameList(scope, { fingerprint: 'f', told });
  await store.compareKnown(scope.waveId, 'f', { nowMs: 1 });
  await store.enrolKnown(scope, 'f');
  await store.waves(scope.address);
  await store.lastEventMs(scope.address);
  await store.saveWave(scope, { tripped: { kind: 'budget', limit: '1 call', atMs: 1 }, tally: emptyTally, echo: true });
  await store.stopWave(scope.waveId, { kind: 'paused', atMs: 1, by: 'amina' });
  await store.stopWave(scope.waveId, null);
  await store.recordRun(scope, { run: 'r', startedMs: 1, definition: 'd', toolVersion: '1' });
  await store.runs(scope.waveId);
  await store.intendCreate({ address: scope.address, account: 'a', atMs: 1 }, scope.fence);
  await store.createIntent(scope.address);
  await store.forgetCreateIntent(scope.address, scope.fence);
  await store.bind({ address: scope.address, resourceId: 'r', account: 'a' }, 'f', scope.fence, 1);
  await store.binding(scope.address);
  await store.addressesOf('f');
  await store.beat(scope.address, scope.fence, 1);
  await store.takeOver(scope.address, holder, { fence: 9, beat: 9 }, 1);
  const reader = await opened.toRead();
  await reader.compare(scope.waveId, listOf(patient(1)), ledger.enrolOptions);
  await store.release(scope.address, scope.fence);
}

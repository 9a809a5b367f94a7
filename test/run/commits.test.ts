/** What a turn of the loop writes at once. */
import { DatabaseSync } from 'node:sqlite';
import { expect, test, vi } from 'vitest';
import { openGarage } from './garage.ts';

test('a line that falls free is given away in the commit that frees it', async () => {
  await using garage = await openGarage({
    people: 5,
    execution: ['concurrency: 1', 'rate: 100/s', 'follow_up: {every: 10s, for: 2h}'],
    life: { shares: { answered: 1 } },
  });
  // oxlint-disable-next-line typescript/unbound-method -- called with its own `this` below
  const { exec } = DatabaseSync.prototype;
  const seen: string[] = [];
  const spy = vi.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(function (this: DatabaseSync, sql: string) {
    exec.call(this, sql);
    if (sql === 'COMMIT' && garage.dials().length > 0) seen.push(linesOf(this));
  });
  try {
    expect((await garage.run()).exit).toBe(0);
  } finally {
    spy.mockRestore();
  }
  expect(new Set(seen)).toEqual(
    new Set([
      '4 wait, 1 open',
      '3 wait, 1 open',
      '2 wait, 1 open',
      '1 wait, 1 open',
      '0 wait, 1 open',
      '0 wait, 0 open',
    ]),
  );
});

function linesOf(store: DatabaseSync): string {
  const [waiting, open] = ["state = 'pending'", "state IN ('intent', 'accepted')"].map((where) =>
    Number(store.prepare(`SELECT count(*) AS people FROM recipient WHERE ${where}`).get()?.['people']),
  );
  return `${String(waiting)} wait, ${String(open)} open`;
}

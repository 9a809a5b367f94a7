/** Calls patients of the store at a path, one after the other, until somebody stops the wave. */
import { writeSync } from 'node:fs';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import { openSqlite } from '../../src/store/sqlite/open.ts';
import { syncFile } from '../../src/system/sync-file.ts';
import { holder, Ledger, patient, tallying } from './ledger.ts';

const [path = ''] = process.argv.slice(2);
const store = await openSqlite(path, { create: false, random: seededRandom(process.pid), syncFile });
const ledger = await Ledger.open(store, { holder: { ...holder, pid: process.pid } });
await ledger.enrol(...Array.from({ length: 2_000 }, (_, index) => patient(index)));
writeSync(1, 'calling\n');
let admitted = 0;
for (;;) {
  const grant = ledger.granted.bind(ledger);
  const answer = await store.admit(ledger.scope, { nowMs: ledger.tick(), max: 1, grant, tallying });
  admitted += answer.admitted.length;
  if (answer.stopped !== undefined) {
    writeSync(1, `${answer.stopped.kind} by ${answer.stopped.by} after ${String(admitted)}\n`);
    break;
  }
  if (!answer.more) break;
}
await store.close();

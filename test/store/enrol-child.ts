/** Enrols so many patients into the store at a path, and says where it is: `staging` half through the list, `merging` at its end. */
import { writeSync } from 'node:fs';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import { openSqlite } from '../../src/store/sqlite/open.ts';
import { syncFile } from '../../src/system/sync-file.ts';
import { Ledger, patient } from './ledger.ts';

const [path = '', count = '0'] = process.argv.slice(2);
const store = await openSqlite(path, { create: false, random: seededRandom(1), syncFile });
const ledger = await Ledger.open(store);
await store.enrol(ledger.scope, patients(Number(count)), { ...ledger.enrolOptions, nowMs: 2 });
writeSync(1, 'enrolled\n');

async function* patients(total: number): AsyncIterable<readonly ReturnType<typeof patient>[]> {
  for (let from = 0; from < total; from += 1_000) {
    if (from * 2 === total) writeSync(1, 'staging\n');
    yield Array.from({ length: 1_000 }, (_, index) => patient(from + index));
  }
  writeSync(1, 'merging\n');
}

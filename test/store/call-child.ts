/** Makes the store at a path, contends for an address, then calls so many patients of its own campaign, one dispatch at a time. */
import { writeSync } from 'node:fs';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import { openSqlite } from '../../src/store/sqlite/open.ts';
import { syncFile } from '../../src/system/sync-file.ts';
import { holder, Ledger, patient } from './ledger.ts';
import { present } from './present.ts';

const [path = '', campaign = '', count = '0'] = process.argv.slice(2);
const self = { ...holder, pid: process.pid };
const store = await openSqlite(path, { create: true, random: seededRandom(process.pid), syncFile });
const contended = await store.acquire('contended/prod', self, 1);
const ledger = await Ledger.open(store, { campaign, holder: self });
await ledger.enrol(...Array.from({ length: Number(count) }, (_, index) => patient(index)));
for (;;) {
  for (const { attempt } of await ledger.admit({ max: 7 })) {
    const ringing = present(await ledger.happens(attempt, { kind: 'accepted', handle: { callId: attempt.reference } }));
    present(await ledger.happens(ringing, { kind: 'ended', outcome: 'answered' }));
  }
  if ((await store.nextDueMs(ledger.scope.waveId, ['pending', 'open'])) === undefined) break;
}
writeSync(1, `${contended.kind} ${store.id} ${JSON.stringify((await store.counts(ledger.scope.waveId)).states)}\n`);
await store.close();

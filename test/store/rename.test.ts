import { join } from 'node:path';
import { expect, test } from 'vitest';
import { recipientTag } from '../../src/model/reference.ts';
import { LeaseLost } from '../../src/store/contract/failure.ts';
import type { Renaming } from '../../src/store/contract/binding.ts';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import { openSqlite } from '../../src/store/sqlite/open.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { holder, Ledger, listOf, patient } from './ledger.ts';
import { openTemporary } from './sqlite-store.ts';

const visits = { campaign: 'clinic-visits', environment: 'prod' };
const to = 'clinic-visits/prod';
const binding = {
  address: 'clinic-reminders/prod',
  resourceId: 'workflow-1',
  account: 'intron',
  applied: { name: 'A' },
};

async function renaming(ledger: Ledger): Promise<Renaming> {
  const lease = await ledger.store.acquire(to, holder, 1);
  if (lease.kind !== 'held') throw new Error(`${to} is held`);
  const { address, fence } = ledger.scope;
  return {
    from: { address, fence },
    to: { address: to, fence: lease.fence },
    file: 'visits/campaign.yaml',
    tagOf: (wave, key) => recipientTag(visits, wave, key),
  };
}

test('moves binding, waves and recipients, and remembers the old name', async () => {
  await using opened = await openTemporary();
  const { store } = opened;
  const other = await Ledger.open(store, { campaign: 'garage' });
  await other.enrol(patient(7));
  const ledger = await Ledger.open(store);
  await store.bind(binding, 'campaign.yaml', ledger.scope.fence, 1);
  await ledger.enrol(patient(1), patient(2));
  const [admitted] = await ledger.admit({ max: 1 });
  const before = await ledger.standings();

  expect(await store.rename(await renaming(ledger))).toEqual({ kind: 'moved' });

  expect(await store.addresses()).toEqual([to, 'garage/prod']);
  expect(await store.formerly(to)).toEqual(['clinic-reminders/prod']);
  expect(await store.formerly('garage/prod')).toEqual([]);
  expect(await store.binding(to)).toEqual({ ...binding, address: to });
  expect(await store.binding('clinic-reminders/prod')).toBeUndefined();
  expect(await store.addressesOf('visits/campaign.yaml')).toEqual([to]);
  expect(await store.waves('clinic-reminders/prod')).toEqual([]);
  expect(await ledger.standings()).toEqual(before);
  const compared = await store.compare(ledger.scope.waveId, listOf(patient(1), patient(2), patient(3)), {
    callEach: true,
    tagOf: (key) => recipientTag(visits, ledger.scope.wave, key),
  });
  expect(compared).toMatchObject({ fresh: 1, called: 1, pending: 1, removed: 0 });
  const [open] = await store.openAttempts(ledger.scope.waveId, ['intent']);
  expect(open?.reference).toBe(admitted?.attempt.reference);
});

test('remembers all names that it had, and forgets one that it has again', async () => {
  await using opened = await openTemporary();
  const { store } = opened;
  const ledger = await Ledger.open(store);
  await ledger.enrol(patient(1));
  const first = await renaming(ledger);
  await store.rename(first);
  const move = async (from: string, name: string, fence: number): Promise<number> => {
    const lease = await store.acquire(name, holder, 1);
    if (lease.kind !== 'held') throw new Error(`${name} is held`);
    const names = { from: { address: from, fence }, to: { address: name, fence: lease.fence } };
    expect(await store.rename({ ...first, ...names })).toEqual({ kind: 'moved' });
    await store.release(from, fence);
    return lease.fence;
  };
  await store.release('clinic-reminders/prod', ledger.scope.fence);
  const fence = await move(to, 'clinic-calls/prod', first.to.fence);
  expect(await store.formerly('clinic-calls/prod')).toEqual([to, 'clinic-reminders/prod']);
  expect(await store.formerly(to)).toEqual([]);
  await move('clinic-calls/prod', 'clinic-reminders/prod', fence);
  expect(await store.formerly('clinic-reminders/prod')).toEqual(['clinic-calls/prod', to]);
});

test('is on the disk before anything is done under the new name', async () => {
  await using folder = await temporaryFolder();
  let synced = 0;
  const store = await openSqlite(join(folder.path, 'callplan.db'), {
    create: true,
    random: seededRandom(1),
    syncFile: () => {
      synced += 1;
      return Promise.resolve();
    },
  });
  const asked = await renaming(await Ledger.open(store));
  synced = 0;
  await store.rename(asked);
  expect(synced).toBe(1);
  await store.close();
});

test('a writer of the old name is stopped', async () => {
  await using opened = await openTemporary();
  const ledger = await Ledger.open(opened.store);
  await ledger.enrol(patient(1));
  const names = await renaming(ledger);
  await opened.store.release(ledger.scope.address, ledger.scope.fence);
  await expect(opened.store.rename(names)).rejects.toThrow(LeaseLost);
  expect(await opened.store.addresses()).toEqual(['clinic-reminders/prod']);
});

test('changes nothing where the names do not allow it', async () => {
  await using opened = await openTemporary();
  const ledger = await Ledger.open(opened.store);
  await ledger.enrol(patient(1));
  const names = await renaming(ledger);
  const nowhere = await opened.store.acquire('nowhere/prod', holder, 1);
  const fence = nowhere.kind === 'held' ? nowhere.fence : 0;
  expect(await opened.store.rename({ ...names, from: { address: 'nowhere/prod', fence } })).toEqual({
    kind: 'unknown',
  });
  await opened.store.openWave(to, 'first', names.to.fence, 1);
  expect(await opened.store.rename(names)).toEqual({ kind: 'taken' });
  expect((await opened.store.waves('clinic-reminders/prod')).map(({ counts }) => counts.recipients)).toEqual([1]);
});

test('waits for a list that names those whom only the provider knew', async () => {
  await using opened = await openTemporary();
  const ledger = await Ledger.open(opened.store);
  await ledger.import({ id: 1, n: 1 }, { id: 2, n: 1 });
  const names = await renaming(ledger);
  expect(await opened.store.rename(names)).toEqual({ kind: 'nameless', recipients: 2 });
  await ledger.enrol(patient(1), patient(2));
  expect(await opened.store.rename(names)).toEqual({ kind: 'moved' });
});

test('moves two recipients of one key: a row that was not called, and the call that it means by its number', async () => {
  await using opened = await openTemporary();
  const ledger = await Ledger.open(opened.store);
  const row = patient(2, { number: 1 });
  await ledger.enrol(row);
  await ledger.import({ id: 1, n: 1 });
  await ledger.enrol(row);
  expect(await opened.store.rename(await renaming(ledger))).toEqual({ kind: 'moved' });
  const tagOf = (key: string): string => recipientTag(visits, ledger.scope.wave, key);
  const compared = await opened.store.compare(ledger.scope.waveId, listOf(row), { callEach: false, tagOf });
  expect(compared).toMatchObject({ called: 1, fresh: 0, pending: 0 });
});

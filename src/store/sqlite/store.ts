import { InternalError } from '../../model/internal-error.ts';
import type { ReadStore } from '../contract/read-store.ts';
import type { Store } from '../contract/store.ts';
import { admit } from './admit.ts';
import { acceptedAs, dueAttempts, nextDueMs, openAttempts, postpone, waitsFor } from './attempts.ts';
import { addressesOf, bind, bindingOf, createIntentOf, forgetCreateIntent, intendCreate } from './bindings.ts';
import { batchOf, boundTo } from './bound-to.ts';
import { countsOf } from './counts.ts';
import type { Certainty, Database } from './database.ts';
import { compare, enrol } from './enrol.ts';
import { writeUnder } from './fence.ts';
import { countLacking, importCalls } from './import-calls.ts';
import { frozen } from './frozen.ts';
import { historyOf } from './history.ts';
import { acquire, beat, holdingOf, release, takeOver } from './leases.ts';
import { compareKnown, enrolKnown, nameList } from './known-list.ts';
import { openStatuses } from './open-statuses.ts';
import { heedOptOuts } from './late-opt-outs.ts';
import { addOptOuts, isOptedOut, optOuts, removeOptOuts } from './opt-outs.ts';
import { record } from './record.ts';
import { formerAddresses, knownAddresses, rename } from './rename.ts';
import { columns, results, resultsWithInputs } from './results.ts';
import { textOf } from './row.ts';
import { lastStarts, slots } from './slots.ts';
import { bringForward } from './standing.ts';
import { beginTakeOver, endTakeOver, isTakingOver } from './take-over.ts';
import { stopWave } from './stops.ts';
import { unfinished, waitGroups } from './unfinished.ts';
import { unknownCalls } from './unknown-calls.ts';
import { lastEventMs, openWave, recordRun, runsOf, saveWave, waveOf, wavesOf } from './waves.ts';

/** The reading side over an open connection. */
export function readStoreOf(database: Database): ReadStore {
  const { ask } = asking(database);
  return {
    id: metaOf(database, 'id').slice(0, 8),
    path: database.path,
    close: () => ask(() => database.close()),
    binding: (address) => ask(() => bindingOf(database, address)),
    createIntent: (address) => ask(() => createIntentOf(database, address)),
    addressesOf: (file) => ask(() => addressesOf(database, file)),
    addresses: () => ask(() => knownAddresses(database)),
    formerly: (address) => ask(() => formerAddresses(database, address)),
    waveStates: (address) => ask(() => wavesOf(database, address)),
    waves: (address) =>
      ask(() => wavesOf(database, address).map((wave) => ({ ...wave, counts: countsOf(database, wave.state.waveId) }))),
    wave: (address, wave) => ask(() => waveOf(database, address, wave)),
    lastEventMs: (address) => ask(() => lastEventMs(database, address)),
    compare: (waveId, rows, options) => ask(() => compare(database, waveId, rows, options)),
    compareKnown: (waveId, fingerprint, options) => ask(() => compareKnown(database, waveId, fingerprint, options)),
    counts: (waveId, nowMs) => ask(() => countsOf(database, waveId, nowMs)),
    results: (waveId) => results(database, waveId),
    resultsWithInputs: (waveId) => resultsWithInputs(database, waveId),
    frozen: (waveId, choice) => frozen(database, waveId, choice),
    columns: (waveId) => ask(() => columns(database, waveId)),
    openAttempts: (waveId, kinds) => ask(() => openAttempts(database, waveId, kinds)),
    acceptedAs: (waveId, handles) => ask(() => acceptedAs(database, waveId, handles)),
    openStatuses: (waveId) => ask(() => openStatuses(database, waveId)),
    waitGroups: (waveId) => ask(() => waitGroups(database, waveId)),
    unfinished: (waveId, most) => ask(() => unfinished(database, waveId, most)),
    history: (address, who) => ask(() => historyOf(database, address, who)),
    isTakingOver: (address) => ask(() => isTakingOver(database, address)),
    holding: (address) => ask(() => holdingOf(database, address)),
    runs: (waveId) => ask(() => runsOf(database, waveId)),
    manifestKey: () => ask(() => metaOf(database, 'manifest_key')),
    boundTo: (sighting) => ask(() => boundTo(database, sighting)),
    waitsFor: (waveId) => ask(() => waitsFor(database, waveId)),
    batchOf: (waveId, attempt) => ask(() => batchOf(database, waveId, attempt)),
    nextDueMs: (waveId, kinds, afterMs) => ask(() => nextDueMs(database, waveId, { kinds, afterMs })),
    countLacking: (waveId, found) => ask(() => countLacking(database, waveId, found)),
    unknownCalls: (waveId, calls) => ask(() => unknownCalls(database, waveId, calls)),
    optOuts: () => ask(() => optOuts(database)),
    isOptedOut: (phone) => ask(() => isOptedOut(database, phone)),
  };
}

/** The whole store over an open connection that may write. */
export function storeOf(database: Database): Store {
  const { ask } = asking(database);
  const together = <T>(work: () => T, until?: (result: T) => Certainty): Promise<T> => database.together(work, until);
  const written = <T>(work: () => T): Promise<T> => database.together(work, () => 'written');
  const durably = async <T>(work: () => T | Promise<T>): Promise<T> => {
    const result = await ask(work);
    await database.durable();
    return result;
  };
  return {
    ...readStoreOf(database),
    close: () => durably(() => undefined).finally(() => database.close()),
    acquire: (address, holder, nowMs) => durably(() => acquire(database, address, holder, nowMs)),
    takeOver: (address, holder, seen, nowMs) => durably(() => takeOver(database, address, holder, { ...seen, nowMs })),
    beat: (address, fence, nowMs) => ask(() => beat(database, address, fence, nowMs)),
    release: (address, fence) => ask(() => release(database, address, fence)),
    beginTakeOver: (address, fence) => together(() => beginTakeOver(database, { address, fence })),
    endTakeOver: (scope) => together(() => endTakeOver(database, scope)),
    intendCreate: (intent, fence) => together(() => intendCreate(database, intent, fence)),
    bind: (binding, file, fence, atMs) => together(() => bind(database, binding, { file, fence, atMs })),
    forgetCreateIntent: (address, fence) => together(() => forgetCreateIntent(database, address, fence)),
    rename: (renaming) => together(() => rename(database, renaming)),
    openWave: (address, wave, fence, nowMs, parent) =>
      together(() => openWave(database, address, wave, { fence, nowMs, parent })),
    enrol: (scope, rows, options) => durably(() => enrol(database, scope, rows, options)),
    enrolKnown: (scope, fingerprint) => together(() => enrolKnown(database, scope, fingerprint)),
    nameList: (scope, list) => written(() => nameList(database, scope, list)),
    importCalls: (scope, found, context) => durably(() => importCalls(database, scope, found, context)),
    admit: (scope, options) =>
      together(
        () => admit(database, scope, options),
        // Who waits or is skipped is asked about again.
        ({ admitted }) => (admitted.length > 0 ? 'durable' : 'written'),
      ),
    bringForward: (scope, latestMs) =>
      written(() => writeUnder(database, scope, () => bringForward(database, scope.waveId, latestMs))),
    slots: (scope, age) => ask(() => slots(database, scope, age)),
    lastStarts: (scope, count) => ask(() => lastStarts(database, scope, count)),
    due: (scope, options) => ask(() => dueAttempts(database, scope, options)),
    postpone: (scope, attempts) => written(() => writeUnder(database, scope, () => postpone(database, attempts))),
    record: (scope, steps, options) => written(() => record(database, scope, steps, options)),
    heedOptOuts: (scope, calls, wallMs) => written(() => heedOptOuts(database, scope, calls, wallMs)),
    saveWave: (scope, change) => together(() => saveWave(database, scope, change)),
    recordRun: (scope, run) => together(() => recordRun(database, scope, run)),
    stopWave: (waveId, stop) => together(() => stopWave(database, waveId, stop)),
    addOptOuts: (phones, note) => together(() => addOptOuts(database, phones, note)),
    removeOptOuts: (phones, note) => together(() => removeOptOuts(database, phones, note)),
  };
}

function asking(database: Database): Pick<Database, 'ask'> {
  return { ask: (work) => database.ask(work) };
}

function metaOf(database: Database, name: 'id' | 'manifest_key'): string {
  const row = database.get('SELECT value FROM meta WHERE name = ?', name);
  if (row === undefined) throw new InternalError(`the store has no ${name}`);
  return textOf(row, 'value');
}

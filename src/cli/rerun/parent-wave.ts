import { decisiveRun, rerunWave } from '../../ledger/rerun.ts';
import { printAddress, type Address, type Campaign } from '../../model/campaign.ts';
import { recipientTag } from '../../model/reference.ts';
import type { Only, WaveParent } from '../../model/wave.ts';
import type { FrozenChoice, ReadStore, WaveState } from '../../store/contract.ts';
import { Halt } from '../halt.ts';
import type { Follow } from '../next-command.ts';
import type { LoadedManifest } from '../manifest/load-manifest.ts';

/** A wave as the store has it, and the rerun that calls some of it again. */
export type ParentWave = {
  readonly waveId: number;
  readonly parent: WaveParent;
  /** The name of the rerun's wave. */
  readonly wave: string;
  readonly choice: FrozenChoice;
};

/**
 * The manifest names the wave; how it stands, the store says, as it is now: another run of it may have called more since.
 * @throws Halt where the store does not know it
 */
export async function parentWave(
  { manifest, file }: LoadedManifest,
  { address, only }: { readonly address: Address; readonly only: readonly Only[] },
  store: ReadStore,
): Promise<ParentWave> {
  const { wave } = manifest.wave;
  const state = await store.wave(printAddress(address), wave);
  const runs = state === undefined ? [] : await store.runs(state.waveId);
  const last = manifest.record.runs.at(-1)?.run;
  const decisive = decisiveRun(runs, state?.lastEventMs);
  if (state === undefined || decisive === undefined || !runs.some(({ run }) => run === last)) {
    throw new Halt('conflict', `the store ${store.path} knows nothing of the run that ${file} is of`, [
      'name the store that ran it with --store or CALLPLAN_STORE',
    ]);
  }
  const parent = { wave, run: decisive.run, only };
  const name = rerunWave(parent);
  return { waveId: state.waveId, parent, wave: name, choice: await choiceOf(parent, { address, name }, store) };
}

/** The other reruns of the same wave: whom they have called, this one does not. */
async function choiceOf(
  { wave: repeated, only }: WaveParent,
  { address, name }: { readonly address: Address; readonly name: string },
  store: Pick<ReadStore, 'waveStates'>,
): Promise<FrozenChoice> {
  const waves = await store.waveStates(printAddress(address));
  const others = waves.filter(({ wave, state }) => wave !== name && state.parent?.wave === repeated);
  return { only, others: others.map(({ wave, state }) => otherOf(address, wave, state)) };
}

function otherOf(address: Address, wave: string, { waveId }: WaveState): FrozenChoice['others'][number] {
  return { wave, waveId, tagOf: (key) => recipientTag(address, wave, key) };
}

/** Calls that are not over must not be made again; who is in doubt may have been called. @throws Halt */
export async function checkOver(
  { waveId, parent }: Pick<ParentWave, 'waveId' | 'parent'>,
  { address }: Pick<Campaign, 'address'>,
  { store, follow }: { readonly store: ReadStore; readonly follow: Follow },
): Promise<void> {
  const open = await store.openAttempts(waveId, ['intent', 'accepted', 'in_doubt']);
  if (open.length === 0) return;
  const calls = open.length === 1 ? '1 call is' : `${String(open.length)} calls are`;
  throw new Halt(
    'conflict',
    `${calls} not over in wave ${parent.wave} of ${printAddress(address)}; nobody was called`,
    ['let that wave be followed to its end first, then rerun it:', follow('run-parent')],
  );
}

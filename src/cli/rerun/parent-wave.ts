import { decisiveRun, isSameParent, rerunWave } from '../../ledger/rerun.ts';
import { printAddress, type Address, type Campaign } from '../../model/campaign.ts';
import { recipientTag } from '../../model/reference.ts';
import type { Only, WaveParent } from '../../model/wave.ts';
import type { ReadStore } from '../../store/contract/read-store.ts';
import type { FrozenChoice, WaveState } from '../../store/contract/wave-state.ts';
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
  const waves = await store.waveStates(printAddress(address));
  const reruns = waves.filter((one) => one.state.parent?.wave === wave);
  const parent = (await unfinished(only, reruns, store)) ?? { wave, run: decisive.run, only };
  const name = rerunWave(parent);
  // Whom the others have called, this one does not.
  const others = kinOf({ wave, name }, waves).map((one) => otherOf(address, one.wave, one.state));
  return { waveId: state.waveId, parent, wave: name, choice: { only, others } };
}

type Waves = Awaited<ReturnType<ReadStore['waveStates']>>;

/**
 * The reruns of all that go back to the same first wave, but for those that the one of this name repeats, itself, and those
 * that repeat it.
 */
function kinOf({ wave, name }: { readonly wave: string; readonly name: string }, waves: Waves): Waves {
  const parents = new Map(waves.map((one) => [one.wave, one.state.parent?.wave]));
  const line = (from: string): readonly string[] => {
    const above = parents.get(from);
    return above === undefined ? [from] : [from, ...line(above)];
  };
  const own = line(wave);
  return waves.filter((one) => {
    const theirs = line(one.wave);
    return !own.includes(one.wave) && !theirs.includes(name) && theirs.at(-1) === own.at(-1);
  });
}

/**
 * What the first of the same reruns repeats that still has somebody to call or to follow, though the wave was run since: no
 * other command goes on with it.
 */
async function unfinished(
  only: readonly Only[],
  reruns: Waves,
  store: Pick<ReadStore, 'unfinished'>,
): Promise<WaveParent | undefined> {
  for (const { state } of reruns) {
    const { parent, waveId } = state;
    if (parent === undefined || !isSameParent(parent, { ...parent, only })) continue;
    if ((await store.unfinished(waveId, 1)).length > 0) return parent;
  }
  return undefined;
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

/** Command lines that go on with a wave, for commands that are not the one that calls it. */
import { join } from 'node:path';
import { manifestFolder } from '../../ledger/manifest.ts';
import type { Outcome } from '../../model/attempt.ts';
import type { Campaign } from '../../model/campaign.ts';
import type { Counts, WaveParent } from '../../model/wave.ts';
import type { Follow } from '../next-command.ts';
import { shownPath } from '../shown-path.ts';
import { campaignRoot } from '../store.ts';
import type { World } from '../world.ts';
import type { OpenedWave } from './on-wave.ts';

type Named = Pick<Campaign, 'address' | 'path'>;

type Here = Pick<World, 'files' | 'cwd'>;

type Following = { readonly follow: Follow };

/** The wave once more: by its parent where it repeats one, else with the list of the run before. */
export async function goOn({ campaign, store, state, follow }: OpenedWave, here: Here): Promise<string> {
  if (state.parent !== undefined) return rerunAgain(campaign, state.parent, { ...here, follow });
  const list = (await store.runs(state.waveId)).at(-1)?.list;
  return follow('run', list === undefined ? [] : ['--recipients', shownPath(list, here.cwd)]);
}

/** The rerun that calls what a wave repeats. */
export async function rerunAgain(
  campaign: Named,
  parent: Pick<WaveParent, 'wave' | 'only'>,
  { files, ...here }: Here & Following,
): Promise<string> {
  const root = await campaignRoot(campaign, files);
  return rerunCommand(join(root, manifestFolder(campaign.address, parent.wave)), parent, here);
}

/** Of a cancelled wave; another wave from its list would call everybody again. */
export async function callSkipped(
  campaign: Named & Pick<Campaign, 'wave'>,
  here: Here & Following,
): Promise<readonly string[]> {
  const rerun = await rerunAgain(campaign, { wave: campaign.wave, only: ['skipped'] }, here);
  return ['call those who were skipped, and nobody else, in a wave of their own:', rerun];
}

/** Of a wave that is over: what became of everybody, and how to call those again whom it did not reach. */
export async function afterAll(
  campaign: Named & Pick<Campaign, 'wave'>,
  { outcomes, recipients }: Pick<Counts, 'outcomes' | 'recipients'>,
  { follow, ...here }: Here & Following,
): Promise<readonly string[]> {
  if (recipients === 0) return [];
  const table = follow('results', ['--out', 'results.csv']);
  return [table, ...(await callMissed(campaign, { outcomes }, { ...here, follow }))];
}

/** Nothing where it reached everybody. */
export async function callMissed(
  campaign: Named & Pick<Campaign, 'wave'>,
  { outcomes }: Pick<Counts, 'outcomes'>,
  here: Here & Following,
): Promise<readonly string[]> {
  const only = missed.filter((outcome) => (outcomes[outcome] ?? 0) > 0);
  if (only.length === 0) return [];
  const rerun = await rerunAgain(campaign, { wave: campaign.wave, only }, here);
  return ['call those again whom it did not reach, in a wave of their own:', rerun];
}

/** Whether nobody is to be called, followed or decided about any more. */
export function isOver({ states }: Pick<Counts, 'states'>): boolean {
  return ['pending', 'intent', 'accepted', 'in_doubt', 'unresolved'].every((state) => (states[state] ?? 0) === 0);
}

/** Ends of a call after which one would try again. */
const missed = ['no_answer', 'busy', 'voicemail', 'failed'] as const satisfies readonly Outcome[];

/** @param folder what the parent left behind */
export function rerunCommand(
  folder: string,
  { only }: Pick<WaveParent, 'only'>,
  { cwd, follow }: Pick<Here, 'cwd'> & Following,
): string {
  return follow('rerun', [shownPath(join(folder, 'manifest.json'), cwd), '--only', only.join(',')]);
}

import type { Campaign } from '../../model/campaign.ts';
import { isSameParent } from '../../ledger/rerun.ts';
import type { Store } from '../../store/contract.ts';
import { Halt } from '../halt.ts';
import type { LoadedManifest } from '../manifest/load-manifest.ts';
import type { Follow } from '../next-command.ts';
import { openFrozenRecipients } from '../recipients.ts';
import { Findings } from '../run/findings-error.ts';
import type { Rerun } from '../run/run-request.ts';
import type { World } from '../world.ts';
import { frozenList } from './frozen-list.ts';
import { checkOver, parentWave, type ParentWave } from './parent-wave.ts';

type Asked = {
  readonly campaign: Campaign;
  readonly manifest: LoadedManifest;
  readonly wave: ParentWave;
  readonly store: Store;
  readonly follow: Follow;
};

/** Where a run takes its recipients from, if it repeats a wave: what the store has frozen of it. */
export function rerunOf({ campaign, manifest, wave, store, follow }: Asked, world: World): Rerun {
  const { parent } = wave;
  const told = new Set<string>();
  return {
    parent,
    open: async (live, say) => {
      // Under the lease nobody else can call for the wave any more; until then somebody could.
      const now = await parentWave(manifest, { address: campaign.address, only: parent.only }, store);
      if (!isSameParent(now.parent, parent)) {
        throw new Halt('conflict', `wave ${parent.wave} was run meanwhile; nobody was called`, [follow('run')]);
      }
      await checkOver(now, campaign, { store, follow });
      const list = frozenList(now, store);
      const rows = { columns: await store.columns(now.waveId), read: list.rows };
      const opened = await openFrozenRecipients(campaign, rows, world, live);
      if (opened.kind === 'failed') throw new Findings(opened.diagnostics);
      const read = async function* read(): ReturnType<typeof opened.read> {
        yield* opened.read();
        for (const words of list.leftOut()) if (!told.has(words)) say(words);
        list.leftOut().forEach((words) => told.add(words));
      };
      return { ...opened, read };
    },
  };
}

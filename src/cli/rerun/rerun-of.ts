import type { Campaign } from '../../model/campaign.ts';
import { countOf } from '../../model/count-of.ts';
import type { Counts } from '../../model/wave.ts';
import { isSameParent } from '../../ledger/rerun.ts';
import type { Store } from '../../store/contract/store.ts';
import { Halt } from '../halt.ts';
import type { LoadedManifest } from '../manifest/load-manifest.ts';
import type { Follow } from '../next-command.ts';
import { openFrozenRecipients } from '../open-recipients.ts';
import { Findings } from '../run/findings-error.ts';
import type { Rerun } from '../run/run-request.ts';
import type { World } from '../world.ts';
import { frozenList, type FrozenList } from './frozen-list.ts';
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
  const tell = (say: (words: string) => void, lines: readonly string[]): void => {
    for (const words of lines) if (!told.has(words)) say(words);
    lines.forEach((words) => told.add(words));
  };
  return {
    parent,
    open: async (live, say) => {
      // Under the lease nobody else can call for the wave any more; until then somebody could.
      const now = await parentWave(manifest, { address: campaign.address, only: parent.only }, store);
      if (!isSameParent(now.parent, parent)) {
        throw new Halt('conflict', `wave ${parent.wave} was run meanwhile; nobody was called`, [follow('run')]);
      }
      await checkOver(now, campaign, { store, follow });
      tell(say, notChosen(await store.counts(now.waveId), parent.wave));
      const list = frozenList(now, store);
      const rows = { columns: await firstColumns(list), read: list.rows };
      const opened = await openFrozenRecipients(campaign, rows, world, live);
      if (opened.kind === 'failed') throw new Findings(opened.diagnostics);
      const read = async function* read(): ReturnType<typeof opened.read> {
        yield* opened.read();
        tell(say, list.leftOut());
      };
      return { ...opened, read };
    },
  };
}

/** Who of the parent has no end that could be chosen, and what helps them. */
function notChosen({ states }: Counts, wave: string): readonly string[] {
  const pending = states['pending'] ?? 0;
  const unresolved = states['unresolved'] ?? 0;
  return [
    ...(pending === 0
      ? []
      : [`${countOf(pending, 'person', 'people')} of wave ${wave} still to be called by that wave`]),
    ...(unresolved === 0
      ? []
      : [
          `${countOf(unresolved, 'person', 'people')} of wave ${wave} unresolved: callplan resolve says whether they were called`,
        ]),
  ];
}

/** For a file of rows that cannot be called; all rows of a long wave would take seconds. */
async function firstColumns({ rows }: Pick<FrozenList, 'rows'>): Promise<readonly string[]> {
  for await (const page of rows()) {
    if (page.length > 0) return [...new Set(page.flatMap(({ recipient }) => Object.keys(recipient.row)))];
  }
  return [];
}

/** What is left to do once a wave is cancelled: its calls are ended and followed, by whoever holds the address. */
import { printAddress } from '../../model/campaign.ts';
import { countOf } from '../../model/count-of.ts';
import type { World } from '../world.ts';
import { RemoteError } from '../../remote/remote-error.ts';
import { callWave } from '../../run/call-wave.ts';
import type { Ended, Report as News } from '../../run/context.ts';
import { holdLease, type HeldLease } from '../../run/lease.ts';
import { recover } from '../../run/recover.ts';
import { renewManifest } from '../../run/renew-manifests.ts';
import { Halt } from '../halt.ts';
import { heldBy } from '../held-by.ts';
import { holdingWorld } from '../holding-world.ts';
import type { Follow } from '../next-command.ts';
import { targetOf } from '../plan/observe-campaigns.ts';
import { contextOf } from '../run/context-of.ts';
import type { Interruptions } from '../run/interruptions.ts';
import type { OpenedWave } from '../run/on-wave.ts';
import { isRun } from '../run/run-on.ts';
import { shownPath } from '../shown-path.ts';
import { campaignRoot } from '../store.ts';
import type { UnderWay } from '../../report/wave-change-report.ts';

export type EndingWave = {
  readonly opened: OpenedWave;
  /** Follow the calls to their end. */
  readonly isFollowing: boolean;
  readonly signals: Interruptions;
  readonly say: (line: string) => void;
  readonly news: (news: News) => void;
  readonly follow: Follow;
};

export type EndedWave =
  | { readonly kind: 'ended'; readonly ended: Ended | undefined; readonly files: readonly string[] }
  /** A run is under way: it hears of it with its next heartbeat. */
  | { readonly kind: 'left'; readonly run: UnderWay };

/** @throws Halt, RemoteError */
export async function endWave(ending: EndingWave, world: World): Promise<EndedWave> {
  const { opened, signals, say } = ending;
  const address = printAddress(opened.campaign.address);
  const deps = { ...world, store: opened.store, note: say, signal: signals.drain };
  const held = await holdLease(address, 'cancel', deps);
  if (held.kind === 'busy') {
    const { hostname, pid } = held.holder;
    if (!isRun(held.holder)) throw notFollowed(heldBy(address, held.holder), ending);
    return { kind: 'left', run: { hostname, pid } };
  }
  const { lease } = held;
  try {
    const ended = await followed(ending, lease, holdingWorld([lease], world));
    return { kind: 'ended', ended, files: await renewed(ending, world) };
  } finally {
    await lease.release();
  }
}

function notFollowed({ ending, message }: Halt, { opened, follow }: EndingWave): Halt {
  const why = `wave ${opened.campaign.wave} is cancelled; calls of it that are not over could not be ended, as ${message}`;
  return new Halt(ending, why, ['once that has ended, have them ended:', follow('cancel')]);
}

/** Undefined where no call is open. */
async function followed(ending: EndingWave, lease: HeldLease, world: World): Promise<Ended | undefined> {
  const { opened, isFollowing, signals, say, news } = ending;
  const { campaign, store, state } = opened;
  const open = await store.openAttempts(state.waveId, ['intent', 'accepted', 'in_doubt']);
  if (open.length === 0) return undefined;
  const address = printAddress(campaign.address);
  const scope = { address, wave: campaign.wave, waveId: state.waveId, fence: lease.fence };
  try {
    const context = contextOf(
      {
        target: targetOf(campaign, say, world),
        live: { id: '', fields: campaign.resource.fields ?? {} },
        store,
        lease,
        sent: [],
        suppression: { has: () => true, refresh: () => undefined, digest: () => '' },
        zonesOf: () => ({ from: 'nowhere', why: 'zone_unknown' }),
        options: { wait: true, limit: 0, ...(isFollowing ? {} : { follow: false }) },
        signals,
      },
      scope,
      world,
      news,
    );
    await recover(context);
    return await callWave(context);
  } catch (error) {
    if (!(error instanceof RemoteError) || error.kind !== 'no_credential') throw error;
    const calls = countOf(open.length, 'call is', 'calls are');
    throw new Halt('environment', `the wave is cancelled; ${calls} not over, and ${error.message}`, [
      'set it, then have them ended:',
      ending.follow('cancel'),
    ]);
  }
}

/** Manifest and results, as far as a run wrote some. */
async function renewed({ opened }: EndingWave, world: World): Promise<readonly string[]> {
  const { campaign, store } = opened;
  const state = await store.wave(printAddress(campaign.address), campaign.wave);
  if (state === undefined) return [];
  const root = await campaignRoot(campaign, world.files);
  const folder = await renewManifest(campaign.address, { wave: campaign.wave, state }, { ...world, store, root });
  if (folder === undefined) return [];
  return ['manifest.json', 'results.jsonl'].map((name) => shownPath(`${folder}/${name}`, world.cwd));
}

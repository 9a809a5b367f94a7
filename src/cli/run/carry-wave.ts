/**
 * From an approved number to results: the wave is run under the lease of its address, and its manifest is written when it
 * starts and however it stops. What comes in was loaded, planned, applied and claimed before.
 */
import { dirname, relative } from 'node:path';
import { printAddress } from '../../model/campaign.ts';
import { digest } from '../../model/digest.ts';
import type { Live } from '../../model/plan.ts';
import type { Recipient, ZonesOf } from '../../model/recipient.ts';
import type { Counts, UnknownStatus, WaveParent } from '../../model/wave.ts';
import type { ManifestStatus } from '../../ledger/manifest.ts';
import type { World } from '../../ports.ts';
import type { Target } from '../../apply/target.ts';
import type { Report as News, RunContext, RunOptions, RunSignals, Suppressed } from '../../run/context.ts';
import { tallyingOf } from '../../ledger/tallying.ts';
import { engineClock } from '../../run/engine-clock.ts';
import type { HeldLease } from '../../run/lease.ts';
import { renewManifests } from '../../run/renew-manifests.ts';
import { runWave, type WaveRequest, type WaveRun } from '../../run/run-wave.ts';
import { writeManifest, type ManifestInputs } from '../../run/write-manifest.ts';
import { watchHolders } from '../../run/watch-holders.ts';
import type { Scope } from '../../store/contract/lease.ts';
import type { Store } from '../../store/contract/store.ts';
import { version } from '../../version.ts';
import { RemoteError } from '../../remote/remote-error.ts';
import { exitCode, type Ending } from '../exit.ts';
import { failureOf } from '../failure.ts';
import { Halt } from '../halt.ts';
import { shownPath } from '../shown-path.ts';
import { endingOf } from './ending.ts';
import type { RunSession } from './run-request.ts';

/** A wave that is ready to be called. */
export type ReadyWave = {
  readonly target: Target;
  /** The resource as read last, with our claim. */
  readonly live: Live;
  readonly store: Store;
  /** The folder below which `runs` stands. */
  readonly root: string;
  readonly lease: HeldLease;
  /** Names of the variables that go to the provider. */
  readonly sent: readonly string[];
  /** The resource that goes with each call, its texts as templates. */
  readonly rendered?: NonNullable<RunContext['rendered']>;
  /** What the wave repeats; left out: its recipients come from the file. */
  readonly parent?: WaveParent;
  readonly recipients: () => AsyncIterable<readonly Recipient[]>;
  readonly known?: NonNullable<WaveRequest['known']>;
  readonly recipientsDigest: () => string;
  readonly suppression: Suppressed & { readonly digest: () => string };
  readonly zonesOf: ZonesOf;
  readonly approved: number;
  readonly objection: WaveRequest['objection'];
  readonly takeOver?: NonNullable<WaveRequest['takeOver']>;
  readonly newToAddress: boolean;
  readonly nobodyCalled: boolean;
  readonly options: RunOptions;
  readonly signals: RunSignals;
  readonly heard?: RunSession['heard'];
  readonly news: (news: News) => void;
};

export type Carried = {
  readonly waveId: number;
  readonly run: WaveRun;
  readonly endings: readonly Ending[];
  readonly status: ManifestStatus;
  readonly counts: Counts;
  readonly dialled: number;
  /** Statuses that hold calls open, and nobody said what they mean. */
  readonly unknown: readonly UnknownStatus[];
  /** Paths written, from the working directory. */
  readonly files: readonly string[];
};

export async function carryWave(ready: ReadyWave, world: World): Promise<Carried> {
  const { store, lease, target } = ready;
  const { campaign } = target;
  const startedMs = world.clock.now();
  const address = printAddress(campaign.address);
  const scope = await store.openWave(address, campaign.wave, lease.fence, startedMs, ready.parent);
  const { otherList: list } = campaign.recipients;
  const run = {
    run: world.random.hex(8),
    startedMs,
    definition: campaign.definitionDigest,
    toolVersion: version,
    ...(list === undefined ? {} : { list }),
  };
  await store.recordRun(scope, run);
  const write = manifestWriter(ready, scope, world);
  await write('running');
  let last: Pick<Carried, 'dialled' | 'unknown'> = { dialled: 0, unknown: [] };
  const context = contextOf(ready, scope, world, (news) => {
    if (news.kind === 'progress') last = { dialled: news.dialled, unknown: news.unknown };
    ready.news(news);
  });
  const close = async (endings: readonly Ending[]): Promise<void> => {
    if (lease.lost.aborted) return;
    await store.recordRun(scope, { ...run, endedMs: world.clock.now(), exit: exitCode(endings) });
  };
  const result = await runWave(context, ready).catch(async (error: unknown) => {
    const broken = brokenBy(error, ready.signals, world);
    // What is written of it must not hide why it broke: often nothing can be written any more.
    await Promise.allSettled([close([broken.ending]).then(() => write(broken.status))]);
    throw broken.error;
  });
  const { ending, status } = endOf(result, ready.signals);
  const counts = await store.counts(scope.waveId, world.clock.now());
  const unresolved = counts.states['unresolved'] ?? 0;
  const endings: readonly Ending[] = unresolved > 0 ? [ending, 'unsettled'] : [ending];
  await close(endings);
  return { waveId: scope.waveId, run: result, endings, status, counts, ...last, files: await write(status) };
}

const refusalEnding = { 3: 'invalid', 4: 'conflict', 5: 'refused', 7: 'unsettled' } as const;

type End = { readonly ending: Ending; readonly status: ManifestStatus };

function endOf(result: WaveRun, signals: RunSignals): End {
  if (result.kind === 'ran') return endingOf(result.ended);
  return signals.drain.aborted ? interrupted(signals) : { ending: refusalEnding[result.exit], status: 'stopped' };
}

function interrupted(signals: RunSignals): End {
  return endingOf({ kind: 'interrupted', signal: signals.name() });
}

/** A request that was cut off because the person left at once is no failure of the provider's. */
function brokenBy(error: unknown, signals: RunSignals, { cwd }: Pick<World, 'cwd'>): End & { readonly error: unknown } {
  if (signals.leave.aborted && error instanceof RemoteError) {
    const end = interrupted(signals);
    return { ...end, error: new Halt(end.ending, 'interrupted; nobody was called', [], error) };
  }
  return { ending: failureOf(error, cwd)?.ending ?? 'unexpected', status: 'stopped', error };
}

/** What the engine works with. */
export function contextOf(
  ready: Pick<
    ReadyWave,
    | 'target'
    | 'live'
    | 'store'
    | 'lease'
    | 'sent'
    | 'rendered'
    | 'suppression'
    | 'zonesOf'
    | 'options'
    | 'signals'
    | 'heard'
  >,
  scope: Scope,
  world: World,
  report: RunContext['report'],
): RunContext {
  const { target, live, store, lease, sent, rendered, suppression, zonesOf, options, signals, heard } = ready;
  return {
    ...target,
    live,
    store,
    scope,
    lease,
    sent,
    ...(rendered === undefined ? {} : { rendered }),
    ...(heard === undefined ? {} : { heard }),
    suppression,
    tallying: tallyingOf(target.campaign.execution, () => world.clock.now()),
    zonesOf,
    clock: world.clock,
    time: engineClock(world.clock),
    random: world.random,
    isHeld: watchHolders({ store, clock: world.clock, host: world.host }),
    options,
    signals,
    report,
  };
}

function manifestWriter(
  ready: ReadyWave,
  scope: Scope,
  world: World,
): (status: ManifestStatus) => Promise<readonly string[]> {
  const { campaign } = ready.target;
  const checkout = world.git(dirname(campaign.path));
  return async (status) => {
    const git = await checkout;
    const inputs: ManifestInputs = {
      campaign,
      resourceId: ready.live.id,
      resourceDigest: digest(campaign.resource.fields ?? ready.live.fields),
      recipientsDigest: ready.recipientsDigest(),
      suppressionDigest: ready.suppression.digest(),
      toolVersion: version,
      nodeVersion: world.host.runtime,
      file: relative(ready.root, campaign.path).replaceAll('\\', '/'),
      ...(ready.parent === undefined ? {} : { parent: ready.parent }),
      ...(git === undefined ? {} : { git }),
    };
    const { store, root, lease } = ready;
    const deps = { ...world, store, root };
    const paths = await writeManifest(scope.waveId, status, inputs, deps);
    if (status !== 'running' && !lease.lost.aborted) await renewManifests(campaign.address, scope, deps);
    return paths.map((path) => shownPath(path, world.cwd));
  };
}

/**
 * From an approved number to results: the wave is run under the lease of its address, and its manifest is written when it
 * starts and however it stops. What comes in was loaded, planned, applied and claimed before.
 */
import type { ManifestStatus } from '../../ledger/manifest.ts';
import { printAddress } from '../../model/campaign.ts';
import type { Trip } from '../../model/trip.ts';
import type { Counts, UnknownStatus } from '../../model/wave.ts';
import type { World } from '../../ports.ts';
import { RemoteError } from '../../remote/remote-error.ts';
import type { RunSignals } from '../../run/context.ts';
import { runWave, type WaveRun } from '../../run/run-wave.ts';
import { version } from '../../version.ts';
import { exitCode, type Ending } from '../exit.ts';
import { failureOf } from '../failure.ts';
import { Halt } from '../halt.ts';
import { contextOf } from './context-of.ts';
import { endingOf } from './ending.ts';
import { manifestWriter } from './manifest-writer.ts';
import type { ReadyWave } from './ready-wave.ts';

export type Carried = {
  readonly waveId: number;
  readonly run: WaveRun;
  readonly endings: readonly Ending[];
  readonly status: ManifestStatus;
  readonly counts: Counts;
  readonly dialled: number;
  /** Why the wave stopped itself, whatever else ended the run. */
  readonly tripped?: Trip;
  /** Statuses that hold calls open, and nobody said what they mean. */
  readonly unknown: readonly UnknownStatus[];
  /** Paths written, from the working directory. */
  readonly files: readonly string[];
};

/** Runs a wave that is ready, from recording the run to the last manifest, whatever ends it. */
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
  const { tripped } = (await store.wave(address, campaign.wave)) ?? {};
  const unresolved = counts.states['unresolved'] ?? 0;
  const endings: readonly Ending[] = unresolved > 0 ? [ending, 'unsettled'] : [ending];
  await close(endings);
  return {
    waveId: scope.waveId,
    run: result,
    endings,
    status,
    counts,
    ...(tripped === undefined ? {} : { tripped }),
    ...last,
    files: await write(status),
  };
}

const refusalEnding = { 3: 'invalid', 4: 'conflict', 5: 'refused', 7: 'unsettled', 8: 'environment' } as const;

type End = { readonly ending: Ending; readonly status: ManifestStatus };

function endOf(result: WaveRun, signals: RunSignals): End {
  if (result.kind === 'ran') return endingOf(result.ended);
  return signals.drain.aborted ? interrupted(signals) : { ending: refusalEnding[result.exit], status: 'stopped' };
}

function interrupted(signals: RunSignals): End {
  return endingOf({ kind: 'interrupted', how: signals.how() });
}

/** A request that was cut off because the person left at once is no failure of the provider's. */
function brokenBy(error: unknown, signals: RunSignals, { cwd }: Pick<World, 'cwd'>): End & { readonly error: unknown } {
  if (signals.leave.aborted && error instanceof RemoteError) {
    const end = interrupted(signals);
    return { ...end, error: new Halt(end.ending, 'interrupted; nobody was called', [], error) };
  }
  return { ending: failureOf(error, cwd)?.ending ?? 'unexpected', status: 'stopped', error };
}

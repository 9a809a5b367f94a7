/**
 * The listing that every run starts with (design 6.2): calls with our reference that the ledger lacks are imported, so
 * that a lost, copied or restored store calls nobody twice. Goes in: what the store and the mark say of the address;
 * comes out: the calls without a reference that may be ours, or a refusal.
 */
import { countOf } from '../model/count-of.ts';
import type { Sighting } from '../model/sighting.ts';
import { clocksApartMs } from '../model/clocks-apart.ts';
import { parseReference, waveTag } from '../model/reference.ts';
import { mergeSightings } from '../ledger/merge-sightings.ts';
import type { FoundCall } from '../store/contract/wave-state.ts';
import type { RunContext } from './context.ts';
import { heedOptOuts } from './heed-opt-outs.ts';
import { noticeMs } from './read-beside.ts';

/** How much is believed of what a listing does not show. */
export type SurveyOptions = {
  /** The store is new to the address: taken over, or nothing could tell and the ledger is empty. */
  readonly newToAddress: boolean;
  /** The operator says that nobody was called in this wave but those found by reference. */
  readonly nobodyCalled: boolean;
};

/** What the listing showed, or why nobody may be called by it. */
export type Surveyed =
  | {
      readonly kind: 'surveyed';
      readonly imported: number;
      /** Calls without any reference and not bound to an attempt that may be ours. */
      readonly unclaimed: readonly Sighting[];
    }
  | { readonly kind: 'refused'; readonly why: string; readonly unlisted: Unlisted };

/** Whether calls that cannot be listed whole may be at another time. */
export type Unlisted = 'never' | 'perhaps_later';

const dayMs = 86_400_000;
const triesToComplete = 6;

/** Lists the calls of the address and imports what the ledger lacks; again after the settle time where it may lack some. */
export async function survey(context: RunContext, options: SurveyOptions): Promise<Surveyed> {
  const { store, scope, account } = context;
  const { wave } = account.calls.lookUp;
  if ('cannot' in wave || !account.calls.lookUp.complete) {
    const reason = 'cannot' in wave ? wave.cannot : 'the provider cannot list its calls completely';
    return options.newToAddress && !options.nobodyCalled
      ? { kind: 'refused', why: reason, unlisted: 'never' }
      : { kind: 'surveyed', imported: 0, unclaimed: [] };
  }
  const lastEventMs = await store.lastEventMs(scope.address);
  const sinceMs = lastEventMs === undefined ? 0 : lastEventMs - dayMs;
  const listed = await listAll(context, sinceMs);
  let latest = listed;
  const lacking = await store.countLacking(scope.waveId, foundIn(context, listed.sightings));
  const isSuspect = options.newToAddress || lacking > 0;
  const isTakingOver = await store.isTakingOver(scope.address);
  // Who says that nobody was called does not know of a run of the other store that goes on.
  if (isSuspect && (isTakingOver || !options.nobodyCalled)) {
    await settle(context, { lacking, isTakingOver });
    latest = await listAll(context, sinceMs);
  }
  if (context.signals.drain.aborted) return { kind: 'surveyed', imported: 0, unclaimed: [] };
  if (!latest.complete && !options.nobodyCalled) {
    return {
      kind: 'refused',
      why: 'the listing of earlier calls would not come complete',
      unlisted: 'perhaps_later',
    };
  }
  // Only now, and all at once: to a run that is killed before, what the ledger lacks must show again.
  const imported = await importFound(context, latest.sightings);
  await heedOptOuts(context, latest.sightings);
  const unclaimed = options.nobodyCalled
    ? []
    : await unclaimedCalls(context, latest.sightings, isSuspect ? sinceMs : lastEventMs);
  return { kind: 'surveyed', imported, unclaimed };
}

type Unsettled = { readonly lacking: number; readonly isTakingOver: boolean };

async function settle(context: RunContext, { lacking, isTakingOver }: Unsettled): Promise<void> {
  const { execution } = context.campaign;
  const waitMs = execution.lookUp.settleMs + (isTakingOver ? noticeMs(execution) : 0);
  const why =
    lacking > 0 && !isTakingOver
      ? `${countOf(lacking, 'call was', 'calls were')} found that this store does not know: it is a copy or was restored`
      : 'this store is new to the address';
  context.report({
    kind: 'waiting',
    untilMs: context.clock.now() + waitMs,
    why: `${why}; calls placed a moment ago may not be listed yet`,
  });
  await context.clock.sleep(waitMs, context.signals.drain);
}

type Listed = { readonly sightings: readonly Sighting[]; readonly complete: boolean };

/** A listing that changes while it is read is read again. */
async function listAll(context: RunContext, sinceMs: number): Promise<Listed> {
  for (let attempt = 1; ; attempt += 1) {
    const listed = await listOnce(context, sinceMs);
    if (listed.complete || attempt === triesToComplete) return listed;
    await context.clock.sleep(500 * attempt, context.signals.drain);
    if (context.signals.drain.aborted) return listed;
  }
}

async function listOnce(context: RunContext, sinceMs: number): Promise<Listed> {
  const { wave } = context.account.calls.lookUp;
  if ('cannot' in wave) return { sightings: [], complete: false };
  const sightings: Sighting[] = [];
  let complete = true;
  for (const pull of wave(context.live.id, sinceMs)) {
    const pulled = await context.remote.pull(pull, context.signals.leave);
    for (const sighting of pulled.items) sightings.push(sighting);
    complete &&= pulled.complete;
  }
  return { sightings: mergeSightings(sightings), complete };
}

/** The calls of this wave, by their reference. */
function foundIn({ campaign }: RunContext, sightings: readonly Sighting[]): readonly FoundCall[] {
  const tag = waveTag(campaign.address, campaign.wave);
  return sightings.flatMap((sighting) => {
    const reference = parseReference(sighting.reference ?? '');
    if (reference?.wave !== tag) return [];
    return [{ recipientTag: reference.recipient, n: reference.n, sighting }];
  });
}

async function importFound(context: RunContext, sightings: readonly Sighting[]): Promise<number> {
  const { store, scope, campaign } = context;
  const echo = sightings.some(({ reference }) => parseReference(reference ?? '') !== undefined);
  if (echo) await store.saveWave(scope, { echo: true });
  const found = foundIn(context, sightings);
  if (found.length === 0) return 0;
  return store.importCalls(scope, found, {
    resourceId: context.live.id,
    account: context.accountKey,
    definition: campaign.definitionDigest,
    address: { waveTag: waveTag(campaign.address, campaign.wave) },
    nowMs: context.time.now(),
    dueMs: context.time.now(),
    tallying: context.tallying,
  });
}

/**
 * Calls without any reference that no attempt is bound to. Where nothing says that the store is a copy, only those newer than
 * its last event count, or than the opening of its first wave; and only while nothing proves that references come back.
 * @param sinceMs undefined: the address has no event yet
 */
async function unclaimedCalls(
  context: RunContext,
  sightings: readonly Sighting[],
  sinceMs: number | undefined,
): Promise<readonly Sighting[]> {
  const waves = await context.store.waveStates(context.scope.address);
  const fromMs = sinceMs ?? Math.min(...waves.map(({ state }) => state.openedMs));
  const isEchoed = waves.some(({ state }) => state.echo);
  if (isEchoed && fromMs > 0) return [];
  const unclaimed: Sighting[] = [];
  for (const sighting of sightings) {
    if (sighting.reference !== undefined) continue;
    if (sighting.createdMs !== undefined && sighting.createdMs < fromMs - clocksApartMs) continue;
    if ((await context.store.boundTo(sighting)) === undefined) unclaimed.push(sighting);
  }
  return unclaimed;
}

/**
 * The listing that every run starts with (design 6.2): calls with our reference that the ledger lacks are imported, so
 * that a lost, copied or restored store calls nobody twice. Goes in: what the store and the mark say of the address;
 * comes out: the calls without a reference that may be ours, or a refusal.
 */
import { countOf } from '../model/count-of.ts';
import type { Sighting } from '../model/sighting.ts';
import { parseReference, waveTag } from '../model/reference.ts';
import { mergeSightings } from '../ledger/merge-sightings.ts';
import { isSuspect, mustListAgain, type Signs, type SurveyOptions } from '../ledger/must-list-again.ts';
import { unclaimed } from '../ledger/unclaimed.ts';
import type { FoundCall } from '../store/contract/wave-state.ts';
import type { RunContext } from './context.ts';
import { heedOptOuts } from './heed-opt-outs.ts';
import { noticeMs } from './read-beside.ts';

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
  const signs = { lacking, isTakingOver: await store.isTakingOver(scope.address) };
  if (mustListAgain(options, signs)) {
    await settle(context, signs);
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
  if (options.nobodyCalled) return { kind: 'surveyed', imported, unclaimed: [] };
  const lackingSinceMs = isSuspect(options, signs) ? sinceMs : lastEventMs;
  return { kind: 'surveyed', imported, unclaimed: await unboundCalls(context, latest.sightings, lackingSinceMs) };
}

async function settle(context: RunContext, { lacking, isTakingOver }: Signs): Promise<void> {
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

/** Calls without any reference that may be ours, and that no attempt is bound to. */
async function unboundCalls(
  { store, scope }: RunContext,
  sightings: readonly Sighting[],
  sinceMs: number | undefined,
): Promise<readonly Sighting[]> {
  const states = await store.waveStates(scope.address);
  const unbound: Sighting[] = [];
  for (const sighting of unclaimed(sightings, { sinceMs, waves: states.map(({ state }) => state) })) {
    if ((await store.boundTo(sighting)) === undefined) unbound.push(sighting);
  }
  return unbound;
}

/**
 * Looking up what is in doubt: attempts in, listings pulled from the resource that their intents recorded, events out.
 * What counts as presence and absence is ledger/look-up's to say.
 */
import type { Attempt } from '../model/attempt.ts';
import type { Sighting } from '../model/sighting.ts';
import { lookUpEvent, lookUpFailure } from '../ledger/look-up.ts';
import { concerning, matchAttempt, type Match } from '../ledger/match.ts';
import { mergeSightings } from '../ledger/merge-sightings.ts';
import { RemoteError } from '../remote/remote-error.ts';
import type { RunContext } from './context.ts';
import { openCall, type Found, type Polled } from './follow.ts';
import { heedOptOuts } from './heed-opt-outs.ts';

/** Looks for these doubtful calls at the provider, and says what it proves of each. */
export async function lookUp(context: RunContext, attempts: readonly Attempt[]): Promise<Polled> {
  const begunMs = context.time.now();
  const listing = await takeListing(context, attempts);
  if (listing.kind === 'failed') {
    const found = attempts.map((attempt): Found => {
      const event = lookUpFailure(attempt, { ...listing, nowMs: context.time.now() }, context.campaign.execution);
      return event === undefined ? { attempt } : { attempt, event };
    });
    return listing.unauthorized ? { found, unauthorized: listing.reason } : { found };
  }
  await heedOptOuts(context, listing.sightings);
  const near = concerning(attempts, listing.sightings);
  const bound = await bindings(context, near);
  const echo = await isEchoed(context, listing.sightings);
  const matches = attempts.map((attempt) => ({
    attempt,
    match: matchAttempt(attempt, near, { echo, boundTo: (one) => bound.get(one) }),
  }));
  const found: Found[] = [];
  for (const { attempt, match } of matches) {
    const whole = await wholeBatch(context, { attempt, match }, matches);
    const taken = { ...listing, begunMs };
    const event = lookUpEvent(attempt, whole, taken, context.campaign.execution);
    found.push(event === undefined ? { attempt } : { attempt, event });
  }
  return { found };
}

type Matched = { readonly attempt: Attempt; readonly match: Match };

/** A batch once found, now or in an earlier look-up, is accepted whole, whatever a listing shows of each number. */
async function wholeBatch(
  { store, scope }: RunContext,
  { attempt, match }: Matched,
  matches: readonly Matched[],
): Promise<Match> {
  if (match.kind === 'present') return match;
  const batchId = foundWith(attempt, matches) ?? (await store.batchOf(scope.waveId, attempt));
  if (batchId === undefined) return match;
  return { kind: 'present', sighting: { batchId, phone: attempt.phone }, certain: true };
}

function foundWith({ dispatch }: Attempt, matches: readonly Matched[]): string | undefined {
  for (const { attempt, match } of matches) {
    if (attempt.dispatch !== dispatch || !isCertain(match)) continue;
    const { batchId } = match.sighting;
    if (batchId !== undefined) return batchId;
  }
  return undefined;
}

function isCertain(match: Match): match is Match & { readonly kind: 'present' } {
  return match.kind === 'present' && match.certain;
}

type Listing =
  | {
      readonly kind: 'listed';
      readonly sightings: readonly Sighting[];
      readonly complete: boolean;
      readonly lacksResource: boolean;
    }
  | {
      readonly kind: 'failed';
      readonly reason: string;
      /** 401, 403 or 404: asking again will not help. */
      readonly forbidden: boolean;
      readonly unauthorized: boolean;
    };

async function takeListing(context: RunContext, attempts: readonly Attempt[]): Promise<Listing> {
  const sightings: Sighting[] = [];
  let complete = true;
  try {
    for (const pull of context.account.calls.lookUp.find(attempts.map(openCall))) {
      const pulled = await context.remote.pull(pull, context.signals.leave);
      for (const sighting of pulled.items) sightings.push(sighting);
      complete &&= pulled.complete;
    }
    const lacksResource = !(await hasResource(context, attempts));
    return { kind: 'listed', sightings: mergeSightings(sightings), complete, lacksResource };
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    const unauthorized = error.kind === 'unauthorized';
    const forbidden = unauthorized || error.kind === 'not_found';
    return { kind: 'failed', reason: error.message, forbidden, unauthorized };
  }
}

/**
 * Whether the account that the credential opens now has what the attempts were made with. The run has seen its own resource;
 * another one may be gone, or in the account of another credential, and some providers list the calls of an account.
 */
async function hasResource(
  { account, live, remote, signals }: RunContext,
  attempts: readonly Attempt[],
): Promise<boolean> {
  const others = new Set(attempts.map(({ resourceId }) => resourceId).filter((id) => id !== live.id));
  for (const id of others) {
    try {
      await remote.perform(account.resource.read, id, signals.leave);
    } catch (error) {
      if (error instanceof RemoteError && error.kind === 'not_found') return false;
      throw error;
    }
  }
  return true;
}

async function bindings(context: RunContext, sightings: readonly Sighting[]): Promise<ReadonlyMap<Sighting, string>> {
  const bound = new Map<Sighting, string>();
  for (const sighting of sightings) {
    if (sighting.reference !== undefined) continue;
    const reference = await context.store.boundTo(sighting);
    if (reference !== undefined) bound.set(sighting, reference);
  }
  return bound;
}

/** Whether references are known to come back from this resource; learnt once, kept by the wave. */
async function isEchoed(context: RunContext, sightings: readonly Sighting[]): Promise<boolean> {
  const known = await context.store.wave(context.scope.address, context.scope.wave);
  if (known?.echo === true) return true;
  const isSeen = sightings.some((sighting) => sighting.reference?.startsWith('cp1.') === true);
  if (isSeen) await context.store.saveWave(context.scope, { echo: true });
  return isSeen;
}

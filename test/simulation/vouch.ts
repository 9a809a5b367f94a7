/** Where no reference tells whose a call is: what a person knows of a store, and may say of it. */
import type { Stage } from './stage.ts';
import { waveTag } from './truth.ts';

/** At some time its store knows nothing, and no reference tells. */
export function isBlindOnce({ world: { provider, episodes } }: Stage): boolean {
  const edits = episodes.flatMap((one) => one.edits);
  return provider.faults['no-echo'] === true && edits.some(({ kind }) => kind === 'lose' || kind === 'restore');
}

/** A copy from before a campaign's first run tells nothing of its calls, where no reference does. */
export function knowsAll(stage: Stage): boolean {
  const { ledger, plans, witness } = stage;
  const known = ledger.waves().map(({ address }) => address);
  // And one whose clock was set by an hour takes those that it lacks for older ones.
  if (witness.spreadMs > 300_000) return false;
  return plans.every((_, at) => known.includes(stage.of(at).address));
}

/** The provider has calls that no reference tells, and the store knew nothing of them; campaigns may see each other's. */
export function knowsNobody({ world, witness }: Stage): boolean {
  return world.provider.faults['no-echo'] === true && witness.hasForgotten && witness.dials.length > 0;
}

/** What a person may say of a store that was never away: it knows all calls. */
export function vouch({ world, witness, vouched }: Stage, at: number): void {
  if (world.provider.faults['no-echo'] === true && !witness.hasForgotten) vouched.add(at);
}

/** And of one that knows nothing: nobody was called, or each of them is known by a reference. */
export function mayVouch(stage: Stage, at: number): boolean {
  const { world, witness, clock, store, vouched } = stage;
  if (vouched.has(at)) return true;
  if (!world.vouches || store.lostMs === undefined || clock.now() < store.lostMs + 30_000) return false;
  const { faults } = world.provider;
  const isListed = faults['no-echo'] !== true && faults['list-lag'] === 0 && faults['duplicate-items'] !== true;
  const tag = waveTag(stage.plans[at]?.name ?? '');
  return isListed || !witness.dials.some((dial) => dial.wave === tag);
}

/** Each call that a wave of the first campaign made is in the ledger as one that was, or may have been. */
export function knowsCallsOf({ witness, ledger, plans }: Stage, named: string): boolean {
  const tag = waveTag(plans[0]?.name ?? '', named);
  const calls = witness.dials.filter((dial) => dial.wave === tag);
  return calls.every(({ reference }) => (ledger.attempt(reference)?.state ?? 'voided') !== 'voided');
}

/** As the provider is asked to dial: what rings already, and what the wave has used up. */
import { checkRerun, checkRetry } from './check-again.ts';
import type { Dial } from './truth.ts';
import type { Witness } from './witness.ts';
import type { CampaignPlan } from './world.ts';

export function checkDials(witness: Witness, dials: readonly Dial[]): void {
  for (const dial of dials) {
    checkDial(witness, dial);
    witness.dials.push(dial);
  }
}

function checkDial(witness: Witness, dial: Dial): void {
  const twin = witness.dials.find(({ reference }) => reference === dial.reference);
  if (twin !== undefined || dial.reference === '') {
    const laterMs = dial.askedMs - (twin?.askedMs ?? 0);
    witness.broken('an attempt is dialled once', `${dial.reference}, ${String(laterMs)} ms later`);
  }
  const open = witness.dials.filter((other) => other.endsAtMs > dial.askedMs && !witness.isGivenUp(other));
  for (const other of open) {
    if (other.phone !== dial.phone || witness.isForgotten(other, dial.wave)) continue;
    const what = `${dial.phone}: ${other.reference} is open, ${dial.reference} begins`;
    witness.broken('one call a phone at once', what);
  }
  const plan = witness.planOf(dial);
  if (plan === undefined) return;
  // Where clocks are off, a slot that is held from a fixed time on is held from another; a store that was lost does not know the time.
  const knowsTimes = witness.spreadMs === 0 && !witness.hasForgotten;
  const isHeld = ({ atMs, askedMs }: Dial): boolean => knowsTimes || atMs === askedMs;
  const isOpen = (other: Dial): boolean => isHeld(other) && !mayBeOver(witness, other, dial);
  const ofWave = open.filter((other) => other.wave === dial.wave && isOpen(other)).length;
  if (ofWave >= plan.execution.concurrency) {
    witness.broken('no more calls at once than declared', `${String(ofWave + 1)} calls are open`);
  }
  checkRerun(witness, dial);
  checkRetry(witness, dial, plan);
  checkBudget(witness, dial, plan);
}

const maxCallMs = 180_000;

/** A call that another process began is older than any call may be, by a clock that is ahead of that one's. */
function mayBeOver(witness: Witness, other: Dial, dial: Dial): boolean {
  const begunBy = ({ reference }: Dial): unknown =>
    witness.starts.findLast((start) => start.reference === reference)?.process;
  return begunBy(other) !== begunBy(dial) && dial.askedMs - other.askedMs > maxCallMs - witness.spreadMs;
}

function checkBudget(witness: Witness, dial: Dial, { execution: { stops } }: CampaignPlan): void {
  if (stops.budget === undefined || witness.isTest(dial)) return;
  const all = witness.dials.filter((one) => one.wave === dial.wave && !witness.isGivenUp(one));
  if ('calls' in stops.budget) {
    if (all.length < stops.budget.calls) return;
    const what = `call ${String(all.length + 1)} of ${String(stops.budget.calls)}`;
    witness.broken('no more is used up than the budget', what);
    return;
  }
  const over = all.filter(({ endsAtMs }) => endsAtMs <= dial.askedMs);
  const talked = over.filter(({ ending }) => ['replied', 'answered', 'voicemail'].includes(ending));
  const openMs = (all.length - over.length + 1) * maxCallMs;
  const usedMs = openMs + talked.length * (witness.world.talkMs - 1_000);
  if (usedMs <= stops.budget.minutes * 60_000) return;
  const what = `${String(usedMs)} ms of ${String(stops.budget.minutes)} min`;
  witness.broken('no more is used up than the budget', what);
}

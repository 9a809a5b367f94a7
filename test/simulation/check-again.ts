/** Who is dialled again: in the same wave as it declares, in a rerun as nobody else was. */
import { wave } from './campaign-file.ts';
import { clockMinutesApart } from './hours.ts';
import type { Listed } from './ledger-file.ts';
import { recipientTag, retriedAs, type Dial } from './truth.ts';
import type { Witness } from './witness.ts';
import type { CampaignPlan } from './world.ts';

/** Whether a rerun has called somebody of the campaign's wave: by key or, unless each row is called, by number. */
export function isRecalled(witness: Witness, campaign: string, { key, phone }: Pick<Listed, 'key' | 'phone'>): boolean {
  const isByNumber = witness.latestPlan(campaign)?.samePhone === 'call_once';
  return witness.dials.some((one) => {
    const of = witness.waveOf(one.wave);
    const isRerun = of !== undefined && of.campaign === campaign && of.wave !== wave && !witness.isTest(one);
    return isRerun && ((isByNumber && one.phone === phone) || witness.ledger.attempt(one.reference)?.key === key);
  });
}

/** Who answered is not called again, nor is anybody by two reruns or a rerun and the wave, or while their call in the wave goes on. */
export function checkRerun(witness: Witness, dial: Dial): void {
  const of = witness.waveOf(dial.wave);
  const key = witness.ledger.attempt(dial.reference)?.key;
  if (of === undefined || key === undefined || witness.isTest(dial)) return;
  if (of.wave === wave) {
    if (dial.n === 1 && !witness.hasForgotten && isRecalled(witness, of.campaign, { key, phone: dial.phone }))
      witness.broken('nobody is called again by two reruns', `${dial.reference} after a rerun`);
    return;
  }
  const last = witness.dials.findLast((one) => one.recipient === recipientTag(of.campaign, key));
  if (last !== undefined && !witness.isGivenUp(last) && ['answered', 'replied'].includes(last.ending)) {
    witness.broken('nobody who answered is called again', `${dial.reference} after ${last.reference}`);
  }
  const twin = witness.dials.find(
    (one) =>
      one.wave !== dial.wave &&
      !witness.isTest(one) &&
      witness.waveOf(one.wave)?.wave !== wave &&
      witness.waveOf(one.wave)?.campaign === of.campaign &&
      witness.ledger.attempt(one.reference)?.key === key,
  );
  if (twin !== undefined) {
    witness.broken('nobody is called again by two reruns', `${dial.reference} after ${twin.reference}`);
  }
}

export function checkRetry(witness: Witness, dial: Dial, plan: CampaignPlan): void {
  const { maxAttempts } = plan.execution;
  if (dial.n > maxAttempts) {
    witness.broken('retries are as declared', `attempt ${String(dial.n)} of ${String(maxAttempts)}`);
  }
  const earlier = witness.dials.filter((one) => one.recipient === dial.recipient && one.wave === dial.wave);
  const last = earlier.at(-1);
  if (last === undefined) return;
  const { name } = witness.world.provider;
  const as = retriedAs(name, last.ending);
  if (as === undefined || last.n >= dial.n) {
    const what = `${dial.reference} after ${last.reference}, which ended ${last.ending}`;
    witness.broken('retries are as declared', what);
    return;
  }
  const nth = earlier.filter((one) => retriedAs(name, one.ending) === as).length - 1;
  // By the rules of when the last attempt ended.
  const rules = [plan.execution, ...witness.rulesOf(plan.name)];
  const minutes = Math.min(...rules.map(({ retry }) => retry[as][Math.min(nth, retry[as].length - 1)] ?? 0));
  const waitedMs = dial.atMs - last.endsAtMs;
  if (waitedMs + witness.spreadMs < minutes * 60_000) {
    witness.broken('retries are as declared', `${dial.reference} came ${String(waitedMs)} ms after ${as}`);
  }
  checkTimeOfDay(witness, dial, { earlier, plan });
}

/** From the last call always, and from all of them where nothing bounds the search. */
function checkTimeOfDay(
  witness: Witness,
  dial: Dial,
  { earlier, plan: { rows, execution } }: { readonly earlier: readonly Dial[]; readonly plan: CampaignPlan },
): void {
  const { anotherTime, hours, span } = execution;
  const row = rows.find(({ phone }) => phone === dial.phone);
  if (anotherTime === undefined || row === undefined) return;
  const isFree = hours.kind === 'always' && span === undefined && row.notAfterMs === undefined;
  const judged = isFree ? earlier : earlier.slice(-1);
  for (const one of judged) {
    const apart = clockMinutesApart(row.zone, one.atMs, dial.atMs);
    if (apart + witness.slackMs / 60_000 >= anotherTime) continue;
    if (!isTimeKnown(witness, one)) continue;
    const what = `${dial.reference} came ${apart.toFixed(1)} minutes of the clock from ${one.reference}`;
    witness.broken('retries come at another time of day', what);
  }
}

/**
 * Of a call that was scheduled a store that was lost knows when it was asked for, and not when it rang; VoiceOS shows no time of
 * one that nobody took.
 */
function isTimeKnown({ hasForgotten, scheduledMs, world }: Witness, { reference }: Dial): boolean {
  return !hasForgotten || (!scheduledMs.has(reference) && world.provider.name !== 'voiceos');
}

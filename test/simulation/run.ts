import { carry, carryRerun } from './carry.ts';
import { checkPhones } from './check-intent.ts';
import { command } from './command.ts';
import type { RunPlan } from './episode.ts';
import { makeEdit } from './make-edit.ts';
import { frozenMs, type Process } from './process.ts';
import type { Stage } from './stage.ts';
import { testCall } from './test-call.ts';
import { at, watch } from './watch.ts';

/** One process that runs a campaign, and what befalls it; its exit code, undefined where it was killed. */
export async function run(stage: Stage, plan: RunPlan): Promise<number | undefined> {
  const campaignPlan = stage.plans[plan.campaign];
  if (campaignPlan === undefined) return undefined;
  stage.counts.runs += 1;
  const process = stage.process(plan);
  stage.witness.began({
    process,
    plan: campaignPlan,
    startedMs: stage.clock.now(),
    wait: plan.wait,
    ...(plan.rerun === undefined ? {} : { rerun: plan.rerun }),
    clockSlackMs: frozenMs(plan.strokes) + Math.abs(plan.jump?.byMs ?? 0),
  });
  const over = new AbortController();
  befall(stage, process, { plan, over: over.signal });
  watch(stage, process, over.signal);
  const carried = plan.rerun === undefined ? carry(stage, process, plan) : carryRerun(stage, process, plan);
  const exit = await Promise.race([carried, process.killed.then(() => undefined)]);
  over.abort();
  stage.gone(process);
  checkPhones(stage.witness);
  stage.exits.push(exit);
  return exit;
}

/** A run without a fault at the front desk, where nobody waits for a window of tomorrow. */
export function calmRun({ plans }: Stage, campaign: number): RunPlan {
  const wait = plans.every(
    ({ execution: { hours, policy, caps, anotherTime } }) =>
      hours.kind === 'always' && policy === undefined && caps.length === 0 && anotherTime === undefined,
  );
  return { campaign, hostname: 'front-desk', afterMs: 0, wait, wallOffsetMs: 0, strokes: [], interruptions: [] };
}

/** What people do beside a run, and what becomes of its clock. */
function befall(
  stage: Stage,
  process: Process,
  { plan, over }: { readonly plan: RunPlan; readonly over: AbortSignal },
): void {
  const { campaign, jump, suppressing, pauseAfterMs, cancelling, optingOut, spoiling, testing } = plan;
  const after = (ms: number, act: () => void): void => void at(stage, { ms, over, act });
  if (pauseAfterMs !== undefined) after(pauseAfterMs, () => void command(stage, 'pause', { campaign }));
  if (cancelling !== undefined) {
    const { afterMs, follows } = cancelling;
    after(afterMs, () => void makeEdit(stage, { kind: 'cancel', campaign, follows }));
  }
  if (optingOut !== undefined) {
    const { afterMs, person } = optingOut;
    after(afterMs, () => void makeEdit(stage, { kind: 'opt_out', person }));
  }
  if (jump !== undefined) {
    after(jump.afterMs, () => {
      process.wallOffsetMs += jump.byMs;
    });
  }
  if (suppressing !== undefined) {
    const { afterMs, at: row } = suppressing;
    after(afterMs, () => void makeEdit(stage, { kind: 'suppress', campaign, at: row }));
  }
  if (spoiling !== undefined) {
    const { afterMs, forMs, how } = spoiling;
    after(afterMs, () => stage.spoil({ campaign, list: 'suppressed', how }));
    after(afterMs + forMs, () => stage.mend(campaign));
  }
  if (testing !== undefined) after(testing.afterMs, () => stage.beside.push(testCall(stage, testing)));
  let sumMs = 0;
  for (const ms of plan.interruptions) {
    sumMs += ms;
    after(sumMs, () => process.interrupt());
  }
}

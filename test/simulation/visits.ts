import { command } from './command.ts';
import type { RunPlan } from './episode.ts';
import { rerunAs } from './rerun-as.ts';
import { calmRun, run } from './run.ts';
import { settle } from './settle.ts';
import type { Stage } from './stage.ts';
import { knowsNobody, vouch } from './vouch.ts';

/** Visits without faults, in which everybody gets a final state. */
const mostVisits = 60;

type Exit = number | undefined;

/**
 * A person comes back whenever somebody is due, and runs each campaign and each rerun in turn: who is due in one of them would
 * be so for ever if only the others were run. Answers how each campaign ended.
 */
export async function visitUntilDone(stage: Stage, reruns: readonly RunPlan[] = []): Promise<readonly Exit[]> {
  const left = new Set(reruns);
  const exits: Exit[] = stage.plans.map(() => undefined);
  const isOver = (exit: Exit, at: number): boolean =>
    exit === 0 || exit === 7 || (exit === 9 && isCancelled(stage, at)) || (exit === 4 && knowsNobody(stage));
  for (let visit = 0; visit < mostVisits; visit += 1) {
    for (const at of exits.keys()) {
      if (!isOver(exits[at], at)) exits[at] = await run(stage, calmRun(stage, at));
      if (isOver(exits[at], at) && (await settle(stage, at))) exits[at] = await run(stage, calmRun(stage, at));
    }
    for (const rerun of left) if (isRerunOver(await rerunAs(stage, rerun))) left.delete(rerun);
    if ((exits.every(isOver) && left.size === 0) || stage.isBroken) return exits;
    for (const at of exits.keys()) if (exits[at] === 4) vouch(stage, at);
    for (const at of exits.keys()) if (exits[at] === 9 && !isCancelled(stage, at)) await letGoOn(stage, at);
    await untilDue(stage, exits);
  }
  stage.witness.broken('a run ends', `exits ${stage.exits.slice(-8).join(' ')}, and it is not done`);
  return exits;
}

function isRerunOver(exit: Exit): boolean {
  return exit === 0 || exit === 7 || exit === 9;
}

/** Until somebody is due, for half a minute at least; nobody is due whose run is refused. */
async function untilDue({ ledger, clock, plans }: Stage, exits: readonly Exit[]): Promise<void> {
  const refused = plans.flatMap(({ name }, at) => (exits[at] === 4 ? `${name}/default` : []));
  const dueMs = ledger.nextDueMs(refused) ?? 0;
  await clock.sleep(Math.max(30_000, Math.min(dueMs - clock.now(), 26 * 3_600_000)));
}

function isCancelled(stage: Stage, at: number): boolean {
  return stage.ledger.stops(stage.of(at)).stopped?.kind === 'cancelled';
}

/** What a person does with a wave that stopped: a budget is raised first, and the wave resumed. */
async function letGoOn(stage: Stage, at: number): Promise<void> {
  const plan = stage.plans[at];
  if (plan === undefined) return;
  checkTripped(stage, at);
  if (stage.ledger.stops(stage.of(at)).tripped?.kind === 'budget') {
    const { budget: _spent, ...stops } = plan.execution.stops;
    stage.write(at, { ...plan, execution: { ...plan.execution, stops } });
  }
  await command(stage, 'resume', { campaign: at });
}

/** A wave that was resumed and stopped itself again did so for calls that ended since. */
function checkTripped(stage: Stage, at: number): void {
  const { ledger, witness, weather } = stage;
  const { name = '', execution } = stage.plans[at] ?? {};
  const breaker = execution?.stops.breaker;
  const sinceMs = witness.resumedMs.get(name);
  if (breaker === undefined || sinceMs === undefined || sinceMs <= weather.calmMs) return;
  if (ledger.stops(stage.of(at)).tripped?.kind !== 'stop_when') return;
  const ended = ledger.attemptsSince(stage.of(at), sinceMs);
  const bad = ended.filter(({ outcome, isEndedSince }) => isEndedSince === 1 && outcome === 'no_answer').length;
  if (bad * 100 >= breaker.noAnswer * 10) return;
  const what = `${String(bad)} calls were not answered since it was resumed, ${String(breaker.noAnswer)}% of ten stop it`;
  witness.broken('a resumed wave is judged by its new calls', what);
}

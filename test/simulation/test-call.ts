import { commandLine } from './command.ts';
import type { RunPlan } from './episode.ts';
import { frozenMs } from './process.ts';
import type { Stage } from './stage.ts';
import { watch } from './watch.ts';
import { people } from './world.ts';

/** A person calls a number of their own, or is told why not. */
export async function testCall(
  stage: Stage,
  { campaign, person, strokes }: Omit<NonNullable<RunPlan['testing']>, 'afterMs'>,
): Promise<void> {
  const plan = stage.plans[campaign];
  const to = people[person];
  if (plan === undefined || to === undefined) return;
  const process = stage.process({ hostname: 'front-desk', wallOffsetMs: 0, strokes });
  const startedMs = stage.clock.now();
  stage.witness.began({ process, plan, startedMs, wait: true, testTo: to, clockSlackMs: frozenMs(strokes) });
  stage.counts.tests += 1;
  const over = new AbortController();
  watch(stage, process, over.signal);
  const argv = ['call', `${plan.name}.campaign.yaml`, '--to', to, '--auto-approve', '--outside-windows'];
  await Promise.race([commandLine(stage, process, argv), process.killed]);
  over.abort();
  stage.gone(process);
}

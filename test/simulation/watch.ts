import type { Process } from './process.ts';
import type { Stage } from './stage.ts';

/** So long a person watches a run before it is interrupted; and so long it may take after that. */
const patienceMs = 40 * 60_000;
/** Retries that a clock an hour ahead put off are waited for. */
const longestMs = 150 * 60_000;

/** While a process runs: one that takes for ever is told of and killed; so is one that does nothing while nothing is wrong. */
export function watch(stage: Stage, process: Process, over: AbortSignal): void {
  if (stage.weather.isCalm) void watchIdle(stage, process, over);
  else void at(stage, { ms: patienceMs, over, act: () => process.interrupt() });
  const kill = (): void => {
    stage.witness.broken('a run ends', `process ${String(process.pid)} is not over after hours`);
    process.kill();
  };
  void at(stage, { ms: longestMs, over, act: kill });
}

/** Something happens after a while, unless what it would happen to is over. */
export async function at(
  { clock }: Stage,
  { ms, over, act }: { readonly ms: number; readonly over: AbortSignal; readonly act: () => void },
): Promise<void> {
  await clock.sleep(ms, over);
  if (!over.aborted) act();
}

async function watchIdle(stage: Stage, process: Process, over: AbortSignal): Promise<void> {
  for (;;) {
    await stage.clock.sleep(30_000, over);
    if (over.aborted || stage.isBroken) break;
    stage.witness.checkIdle(process);
  }
  if (stage.isBroken) process.kill();
}

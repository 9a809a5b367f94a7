import { main } from '../../src/cli/main.ts';
import type { FakeTerminal } from '../support/terminal.ts';
import type { Process } from './process.ts';
import type { Stage } from './stage.ts';
import { watch } from './watch.ts';

export type CommandName = 'pause' | 'resume' | 'resolve' | 'cancel' | 'suppress';

/** A person's command in another terminal, about a campaign; only who opts out is written down where there is no store yet. */
export async function command(
  stage: Stage,
  name: CommandName,
  { campaign, more = [] }: { readonly campaign: number; readonly more?: readonly string[] },
): Promise<void> {
  const plan = stage.plans[campaign];
  if (plan === undefined || (!stage.store.exists && name !== 'suppress')) return;
  const wasTripped = stage.ledger.stops(stage.of(campaign)).tripped !== undefined;
  const about = name === 'suppress' ? [] : [`${plan.name}.campaign.yaml`];
  const process = stage.process({ hostname: 'front-desk', wallOffsetMs: 0, strokes: [] });
  const over = new AbortController();
  watch(stage, process, over.signal);
  // One that took for ever was killed, and is told of.
  const exit = await Promise.race([
    commandLine(stage, process, [name, ...about, ...more]),
    process.killed.then(() => undefined),
  ]);
  over.abort();
  stage.gone(process);
  if (name === 'resume' && exit === 0 && wasTripped) stage.witness.resumedMs.set(plan.name, stage.clock.now());
}

/** What a process runs; what it says that is not done is kept. */
export async function commandLine(stage: Stage, process: Process, argv: readonly string[]): Promise<number> {
  // The store is the one file that is not in memory.
  stage.disk.put(stage.store.path, '');
  const exit = await main([...argv, '--store', stage.store.path], process.world);
  if (exit === 0) return exit;
  const terminal = process.world.terminal as FakeTerminal;
  const said = terminal.stdoutText() + terminal.stderrText();
  stage.says.push(said);
  if (exit === 1) stage.witness.broken('no bug shows', said);
  return exit;
}

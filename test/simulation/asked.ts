import type { Terminal } from '../../src/ports.ts';
import type { RunPlan } from './episode.ts';
import { makeEdit } from './make-edit.ts';
import type { Process } from './process.ts';
import type { Stage } from './stage.ts';

/** A terminal at which somebody is asked how many may be called, and says so once others have changed this and that. */
export function asked(stage: Stage, process: Process, { afterMs, edits }: NonNullable<RunPlan['answering']>): Terminal {
  return {
    ...process.world.terminal,
    canAsk: true,
    ask: async (question, signal) => {
      await process.gate();
      await stage.clock.sleep(afterMs, signal);
      for (const edit of edits) await makeEdit(stage, edit);
      stage.witness.readsAgain(process, stage.plans);
      await process.gate();
      return /\d+/.exec(question)?.[0];
    },
  };
}

import type { World } from '../../ports.ts';
import { count, countOf } from '../../report/quantity.ts';
import type { Follow } from '../next-command.ts';

/** Whether so many people not yet called may be called. */
export type Approval =
  | { readonly kind: 'approved'; readonly people: number }
  /** SIGINT or SIGTERM came instead of an answer. */
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'refused'; readonly why: string; readonly next: readonly string[] };

/**
 * A person types the number; without a terminal `--approve N` says how many at most. Nobody new to call needs no approval.
 */
export async function approve(
  people: number,
  given: number | undefined,
  session: {
    readonly world: Pick<World, 'terminal'>;
    readonly signal: AbortSignal;
    /** A command line to go on with. */
    readonly follow: Follow;
  },
): Promise<Approval> {
  const { world, signal, follow } = session;
  if (given !== undefined) return withinApproval(people, given, follow);
  if (people === 0) return { kind: 'approved', people: 0 };
  if (!world.terminal.canAsk) {
    return {
      kind: 'refused',
      why: `${countOf(people, 'person', 'people')} would be called, and nobody approved it; nobody was called`,
      next: [
        'run it in a terminal, or say how many people it may call at most:',
        follow('run', ['--approve', String(people)]),
      ],
    };
  }
  const answer = await world.terminal.ask(
    `Type ${String(people)} to call ${countOf(people, 'person', 'people')}, anything else to call nobody: `,
    signal,
  );
  if (signal.aborted) return { kind: 'interrupted' };
  if (answer?.trim().replaceAll(',', '') === String(people)) return { kind: 'approved', people };
  return { kind: 'refused', why: 'not approved; nobody was called', next: [follow('plan')] };
}

function withinApproval(people: number, given: number, follow: Follow): Approval {
  if (people <= given) return { kind: 'approved', people: given };
  return {
    kind: 'refused',
    why: `${countOf(people, 'person is', 'people are')} not yet called, and --approve allows ${count(given)}; nobody was called`,
    next: ['plan shows how many they are and why; approve that number, if it is right:', follow('plan')],
  };
}

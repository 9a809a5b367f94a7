import type { World } from '../../ports.ts';
import { count, countOf } from '../../report/quantity.ts';

/** Whether so many people not yet called may be called. */
export type Approval =
  | { readonly kind: 'approved'; readonly people: number }
  | { readonly kind: 'refused'; readonly why: string; readonly next: readonly string[] };

/**
 * A person types the number; without a terminal `--approve N` says how many at most. Nobody new to call needs no approval.
 */
export async function approve(
  people: number,
  given: number | undefined,
  world: Pick<World, 'terminal'>,
  signal: AbortSignal,
): Promise<Approval> {
  if (given !== undefined) return withinApproval(people, given);
  if (people === 0) return { kind: 'approved', people: 0 };
  if (!world.terminal.canAsk) {
    return {
      kind: 'refused',
      why: `${countOf(people, 'person', 'people')} would be called, and nobody approved it`,
      next: [`add --approve ${String(people)} to call at most so many people, or run it in a terminal`],
    };
  }
  const answer = await world.terminal.ask(
    `\nType ${String(people)} to call ${countOf(people, 'person', 'people')}, anything else to call nobody: `,
    signal,
  );
  if (answer?.trim().replaceAll(',', '') === String(people)) return { kind: 'approved', people };
  return { kind: 'refused', why: 'not approved; nobody was called', next: [] };
}

function withinApproval(people: number, given: number): Approval {
  if (people <= given) return { kind: 'approved', people: given };
  return {
    kind: 'refused',
    why: `${count(people)} people are not yet called, and --approve allows ${count(given)}`,
    next: ['look at callplan plan, then approve the number that it shows'],
  };
}

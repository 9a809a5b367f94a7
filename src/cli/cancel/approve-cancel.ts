import { cancelQuestion } from '../../report/render-cancelled.ts';
import { count, countOf } from '../../report/quantity.ts';
import type { World } from '../../ports.ts';
import { Halt } from '../halt.ts';
import type { Follow } from '../next-command.ts';

type Asking = {
  /** What `--approve` says. */
  readonly given: number | undefined;
  readonly terminal: World['terminal'];
  /** SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
  readonly follow: Follow;
};

/** A cancel is for good, so it is asked for even where nobody waits. @throws Halt where it is not approved */
export async function approveCancel(people: number, { given, terminal, signal, follow }: Asking): Promise<void> {
  const waiting = countOf(people, 'person waits', 'people wait');
  if (given !== undefined) {
    if (people <= given) return;
    const next = [follow('status'), follow('cancel', ['--approve', String(people)])];
    throw new Halt('refused', `${waiting}, and --approve allows ${count(given)}; nothing was changed`, next);
  }
  if (!terminal.canAsk) {
    const what =
      people === 0
        ? 'a cancel is for good, and nobody approved it'
        : `${waiting}, and nobody approved that they are not called`;
    throw new Halt('refused', `${what}; nothing was changed`, [
      'run it in a terminal, or say how many people it may be at most:',
      follow('cancel', ['--approve', String(people)]),
    ]);
  }
  const answer = await terminal.ask(cancelQuestion(people), signal);
  if (signal.aborted) throw new Halt('interrupted', 'interrupted; nothing was changed');
  if (answer?.trim().replaceAll(',', '') === String(people)) return;
  throw new Halt('refused', 'not approved; nothing was changed', [
    'to call nobody for now, which resume takes back:',
    follow('pause'),
  ]);
}

import type { Diagnostic } from '../../model/diagnostic.ts';
import { isLoopback } from '../../model/loopback.ts';
import { parseDuration, parseTimeOfDay, printDuration } from '../quantity.ts';
import type { Sourced } from '../sourced.ts';
import { at, itemsAt, textAt } from '../sourced.ts';
import type { Rule } from './rule.ts';

/** A window that begins when it ends is either empty or the whole day: nobody can tell which was meant. */
export const windows: Rule = ({ root }) =>
  itemsAt(root, ['execution', 'windows']).flatMap((window) => {
    const from = textAt(window, ['from']);
    const to = textAt(window, ['to']);
    if (from === undefined || from !== to || parseTimeOfDay(from) === undefined) return [];
    return [{ code: 'WINDOW_EMPTY', args: { at: from }, at: window.place } satisfies Diagnostic];
  });

/** Following up must be able to ask at least once. */
export const followUp: Rule = ({ root, account }) => {
  const said = {
    every: at(root, ['execution', 'follow_up', 'every']),
    for: at(root, ['execution', 'follow_up', 'for']),
  };
  const everyMs = durationOf(said.every) ?? account?.calls.followUp.everyMs;
  const forMs = durationOf(said.for) ?? account?.calls.followUp.forMs;
  const place = (said.for ?? said.every)?.place;
  if (place === undefined || everyMs === undefined || forMs === undefined || forMs >= everyMs) return [];
  const args = { every: printDuration(everyMs), for: printDuration(forMs) };
  return [{ code: 'FOLLOW_UP_SHORT', args, at: place }];
};

/** A shorter settle time than the provider's own could call somebody twice; a sandbox may be quicker. */
export const settle: Rule = ({ root, provider, account }) => {
  const node = at(root, ['execution', 'look_up', 'settle']);
  const ms = durationOf(node);
  if (node === undefined || ms === undefined || provider === undefined || account === undefined) return [];
  const least = account.calls.lookUp.settleMs;
  if (ms >= least || account.origins.every((origin) => isLoopback(new URL(origin).hostname))) return [];
  const args = { settle: printDuration(ms), least: printDuration(least), provider: provider.name };
  return [{ code: 'SETTLE_SHORT', args, at: node.place }];
};

function durationOf(node: Sourced | undefined): number | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? parseDuration(node.value) : undefined;
}

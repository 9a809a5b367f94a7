import type { Execution } from '../../model/execution.ts';
import { weekdays } from '../../model/hours.ts';
import { policies } from '../policies.ts';
import { parseTimeOfDay } from '../quantity.ts';
import { resolveWindows } from '../resolve-execution.ts';
import type { Sourced } from '../sourced.ts';
import { at, itemsAt, textAt } from '../sourced.ts';

/** The hours of an ordinary week: the windows, and the policy that narrows them. */
export type WeekHours = Pick<Execution, 'windows' | 'policy'>;

/** What a file says about hours; undefined where something is wrong with the windows themselves. */
export function hoursOf(root: Sourced): WeekHours | undefined {
  const policy = policies.get(textAt(root, ['execution', 'policy']) ?? '');
  if (!itemsAt(root, ['execution', 'windows']).every(isWindow)) return undefined;
  return { windows: resolveWindows(at(root, ['execution'])), ...(policy !== undefined && { policy }) };
}

function isWindow(window: Sourced): boolean {
  const times = ['from', 'to'].map((key) => parseTimeOfDay(textAt(window, [key]) ?? ''));
  const days = itemsAt(window, ['days']).map((day) => textAt(day, []));
  return !times.includes(undefined) && days.every((day) => weekdays.some((known) => known === day));
}

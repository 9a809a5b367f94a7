import type { Diagnostic } from '../../model/diagnostic.ts';
import { isInWindows } from '../../model/hours.ts';
import { parseDay, parseInstant } from '../../model/instant.ts';
import { isLoopback } from '../../model/loopback.ts';
import { parseTimeOfDay, printDuration } from '../quantity.ts';
import { durationAt } from '../read-quantity.ts';
import { at, itemsAt, printPath, textAt } from '../sourced.ts';
import type { WeekHours } from './hours-of.ts';
import { hoursOf } from './hours-of.ts';
import type { Rule } from './rule.ts';

const minutesPerDay = 1440;

/** A window that begins when it ends is either empty or the whole day: nobody can tell which was meant. */
export const windows: Rule = ({ root }) =>
  itemsAt(root, ['execution', 'windows']).flatMap((window) => {
    const from = textAt(window, ['from']);
    const to = textAt(window, ['to']);
    if (from === undefined || from !== to || parseTimeOfDay(from) === undefined) return [];
    return [{ code: 'WINDOW_EMPTY', args: { at: from }, at: window.place } satisfies Diagnostic];
  });

/** A day that its month does not have has the form of a date. */
export const dates: Rule = ({ root }) => {
  const instants = ['start_at', 'end_at'].map((key) => ({
    path: ['execution', key],
    form: /T.*(?:Z|[+-]\d\d:\d\d)$/,
    parse: parseInstant,
  }));
  const holidays = itemsAt(root, ['execution', 'holidays']).map((_, index) => ({
    path: ['execution', 'holidays', index],
    form: /^\d{4}-\d\d-\d\d$/,
    parse: parseDay,
  }));
  return [...instants, ...holidays].flatMap(({ path, form, parse }) => {
    const text = textAt(root, path);
    const place = at(root, path)?.place;
    if (text === undefined || place === undefined || !form.test(text) || parse(text) !== undefined) return [];
    const args = { path: printPath(path), found: JSON.stringify(text), expected: 'a date that the calendar has' };
    return [{ code: 'VALUE_FORM', args, at: place } satisfies Diagnostic];
  });
};

/** Between the two there must be time for a call. */
export const span: Rule = ({ root }) => {
  const start = textAt(root, ['execution', 'start_at']);
  const end = textAt(root, ['execution', 'end_at']);
  const place = at(root, ['execution', 'end_at'])?.place;
  const [startMs, endMs] = [parseInstant(start ?? ''), parseInstant(end ?? '')];
  if (start === undefined || end === undefined || place === undefined) return [];
  if (startMs === undefined || endMs === undefined || endMs > startMs) return [];
  return [{ code: 'END_BEFORE_START', args: { start, end }, at: place }];
};

/** A policy and the windows that it narrows must be open together at some time of the week. */
export const policyHours: Rule = ({ root }) => {
  const hours = hoursOf(root);
  const place = at(root, ['execution', 'policy'])?.place;
  if (hours?.policy === undefined || place === undefined || isEverOpen(hours)) return [];
  return [{ code: 'POLICY_HOURS', args: { policy: hours.policy.name }, at: place }];
};

function isEverOpen(hours: WeekHours): boolean {
  const weeks = Array.from({ length: 7 * minutesPerDay }, (_, minute) => minute);
  return weeks.some((minute) => isInWindows(hours, Math.floor(minute / minutesPerDay), minute % minutesPerDay));
}

/** Following up must be able to ask at least once. */
export const followUp: Rule = ({ root, account }) => {
  const said = at(root, ['execution', 'follow_up']);
  const everyMs = durationAt(said, ['every']) ?? account?.calls.followUp.everyMs;
  const forMs = durationAt(said, ['for']) ?? account?.calls.followUp.forMs;
  const place = (at(said, ['for']) ?? at(said, ['every']))?.place;
  if (place === undefined || everyMs === undefined || forMs === undefined || forMs >= everyMs) return [];
  const args = { every: printDuration(everyMs), for: printDuration(forMs) };
  return [{ code: 'FOLLOW_UP_SHORT', args, at: place }];
};

/** A shorter settle time than the provider's own could call somebody twice; a sandbox may be quicker. */
export const settle: Rule = ({ root, provider, account }) => {
  const node = at(root, ['execution', 'look_up', 'settle']);
  const ms = durationAt(node, []);
  if (node === undefined || ms === undefined || provider === undefined || account === undefined) return [];
  const least = account.calls.lookUp.settleMs;
  if (ms >= least || account.origins.every((origin) => isLoopback(new URL(origin).hostname))) return [];
  const args = { settle: printDuration(ms), least: printDuration(least), provider: provider.name };
  return [{ code: 'SETTLE_SHORT', args, at: node.place }];
};

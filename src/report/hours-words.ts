/** When calls may be made, in words. */
import type { Execution } from '../model/execution.ts';
import type { Window } from '../model/window.ts';
import { printDay, printInstant } from '../model/instant.ts';
import { duration } from './quantity.ts';

export type SaidHours = Pick<Execution, 'windows' | 'holidays' | 'policy' | 'startAtMs' | 'endAtMs' | 'expireAfterMs'>;

/** `mon tue 09:00–18:00; every day 10:00–12:00`. */
export function windowsWords(windows: SaidHours['windows']): string {
  if (windows === 'always') return 'at any time of day';
  return windows.map(windowWords).join('; ');
}

/** What narrows the windows, one line each. */
export function limitWords(execution: SaidHours): readonly string[] {
  const { holidays = [], policy, startAtMs, endAtMs, expireAfterMs } = execution;
  return [
    ...(policy === undefined ? [] : [`${policy.name}: ${windowsWords(policy.windows)}`]),
    ...(policy?.citations ?? []).map(({ demands, source }) => `${demands} (${source})`),
    ...(holidays.length === 0 ? [] : [`not on ${holidays.map(printDay).join(', ')}`]),
    ...(startAtMs === undefined ? [] : [`not before ${printInstant(startAtMs)}`]),
    ...(endAtMs === undefined ? [] : [`not after ${printInstant(endAtMs)}`]),
    ...(expireAfterMs === undefined ? [] : [`not after ${duration(expireAfterMs)} in the wave`]),
  ];
}

function windowWords({ days, fromMinute, toMinute }: Window): string {
  return `${days.length === 7 ? 'every day' : days.join(' ')} ${clock(fromMinute)}–${clock(toMinute)}`;
}

function clock(minute: number): string {
  return `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

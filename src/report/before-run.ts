import type { Execution } from '../model/campaign.ts';
import { count, countOf } from './quantity.ts';
import type { View } from './style.ts';
import { padEnd, wrap } from './width.ts';

/** What a person sees before the number is asked for. */
export type BeforeRun = {
  readonly address: string;
  readonly wave: string;
  readonly provider: string;
  readonly resource: string;
  readonly toCall: number;
  readonly fresh: number;
  readonly called: number;
  readonly changed: number;
  readonly removed: number;
  readonly suppressed: number;
  readonly repeated: number;
  readonly invalid: number;
  readonly execution: Pick<Execution, 'windows' | 'rate' | 'concurrency' | 'attempts'>;
  /** As local text; undefined where nobody is to be called. */
  readonly first?: string;
  readonly last?: string;
  readonly tripped?: string;
};

export function renderBeforeRun(before: BeforeRun, { columns, style }: View): string {
  const rows: readonly (readonly [string, string])[] = [
    ['resource', before.resource],
    ['to call', toCall(before)],
    ['others', others(before)],
    ['windows', windowsWords(before.execution)],
    ['pace', paceWords(before.execution)],
    ...(before.first === undefined ? [] : [['first call', before.first] as const]),
    ...(before.last === undefined ? [] : [['last call', `about ${before.last}, not counting retries`] as const]),
    ...(before.tripped === undefined ? [] : [['stopped', before.tripped] as const]),
  ];
  const lines = rows
    .filter(([, value]) => value !== '')
    .flatMap(([name, value]) => {
      const [first = '', ...rest] = wrap(value, columns - 14);
      return [`  ${style.dim(padEnd(name, 11))} ${first}`, ...rest.map((line) => `${' '.repeat(14)}${line}`)];
    });
  return `${style.bold(before.address)}  wave ${before.wave}  ${before.provider}\n${lines.join('\n')}\n`;
}

function toCall({ toCall: people, fresh }: BeforeRun): string {
  const left = people - fresh;
  return left > 0
    ? `${countOf(people, 'person', 'people')} (${count(left)} left from an earlier run)`
    : countOf(people, 'person', 'people');
}

function others(before: BeforeRun): string {
  const parts: readonly (readonly [number, string])[] = [
    [before.called, 'already called'],
    [before.changed, 'of them with other values now'],
    [before.suppressed, 'suppressed'],
    [before.repeated, 'repeated'],
    [before.invalid, 'invalid'],
    [before.removed, 'no longer listed'],
  ];
  return parts
    .filter(([value]) => value > 0)
    .map(([value, word]) => `${count(value)} ${word}`)
    .join(', ');
}

function windowsWords({ windows }: BeforeRun['execution']): string {
  if (windows === 'always') return 'at any time of day';
  return windows
    .map(({ days, fromMinute, toMinute }) => `${daysWords(days)} ${clock(fromMinute)}–${clock(toMinute)}`)
    .join('; ');
}

function daysWords(days: readonly string[]): string {
  return days.length === 7 ? 'every day' : days.join(' ');
}

function clock(minute: number): string {
  return `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

function paceWords({ rate, concurrency, attempts }: BeforeRun['execution']): string {
  const units: Readonly<Record<number, string>> = { 1000: 'second', 60_000: 'minute', 3_600_000: 'hour' };
  const unit = units[rate.perMs] ?? `${String(rate.perMs)} ms`;
  const tries = attempts.max > 1 ? `, up to ${count(attempts.max)} attempts each` : '';
  return `${countOf(rate.calls, 'call')} a ${unit}, ${count(concurrency)} at once${tries}`;
}

import { outcomes } from '../model/attempt.ts';
import type { Outcome } from '../model/attempt.ts';
import type { Execution } from '../model/execution.ts';
import type { Window } from '../model/window.ts';
import { weekdays } from '../model/hours.ts';
import { parseDay, parseInstant } from '../model/instant.ts';
import { certain } from './certain.ts';
import type { CampaignAccount } from './campaign-provider.ts';
import { policies } from './policies.ts';
import { parseRate, parseTimeOfDay } from './quantity.ts';
import { durationAt, numberAt } from './read-quantity.ts';
import { resolveStops } from './resolve-stops.ts';
import type { Sourced, SourcedMap } from './sourced.ts';
import { at, itemsAt, textAt, writtenText } from './sourced.ts';

const everyDay: Window = { days: weekdays, fromMinute: 9 * 60, toMinute: 19 * 60 };
const wholeDay = 24 * 60;

/** How long a call may last where nothing else is said. */
export const usualMaxCallMs: number = 15 * 60_000;

/** How calls are made, with the defaults of callplan and of the provider. */
export function resolveExecution(root: SourcedMap, { calls }: CampaignAccount): Execution {
  const block = at(root, ['execution']);
  const onlyPhones = at(root, ['recipients', 'only_phones']);
  return {
    concurrency: numberAt(block, ['concurrency']) ?? 10,
    rate: parseRate(textAt(block, ['rate']) ?? '') ?? { calls: 1, perMs: 1000 },
    batchSize: numberAt(block, ['batch_size']) ?? 1,
    windows: resolveWindows(block),
    ...(onlyPhones !== undefined && { onlyPhones: itemsAt(onlyPhones, []).map(writtenText) }),
    ...limitsOf(block),
    attempts: resolveAttempts(block),
    ...resolveStops(block),
    followUp: {
      everyMs: durationAt(block, ['follow_up', 'every']) ?? calls.followUp.everyMs,
      forMs: durationAt(block, ['follow_up', 'for']) ?? calls.followUp.forMs,
    },
    lookUp: { settleMs: durationAt(block, ['look_up', 'settle']) ?? calls.lookUp.settleMs },
    maxCallMs: durationAt(block, ['max_call']) ?? usualMaxCallMs,
  };
}

/** The windows as written, or every day from 9 to 7 in the evening. */
export function resolveWindows(block: Sourced | undefined): Execution['windows'] {
  if (textAt(block, ['windows']) === 'always') return 'always';
  const written = itemsAt(block, ['windows']);
  return written.length === 0 ? [everyDay] : written.map(resolveWindow);
}

/** `to: "00:00"` is the end of the day, as 24:00 is. */
function resolveWindow(window: Sourced): Window {
  const said = itemsAt(window, ['days']).map(writtenText);
  const days = weekdays.filter((day) => said.length === 0 || said.includes(day));
  const fromMinute = minuteAt(window, 'from');
  const toMinute = minuteAt(window, 'to');
  return { days, fromMinute, toMinute: toMinute === 0 ? wholeDay : toMinute };
}

function limitsOf(block: Sourced | undefined): Partial<Execution> {
  const policy = policies.get(textAt(block, ['policy']) ?? '');
  const holidays = itemsAt(block, ['holidays']).map((date) => certain(parseDay(writtenText(date) ?? ''), 'holiday'));
  const startAtMs = parseInstant(textAt(block, ['start_at']) ?? '');
  const endAtMs = parseInstant(textAt(block, ['end_at']) ?? '');
  const expireAfterMs = durationAt(block, ['expire_after']);
  return {
    ...(holidays.length > 0 && { holidays: holidays.toSorted((a, b) => a - b) }),
    ...(policy !== undefined && { policy }),
    ...(startAtMs !== undefined && { startAtMs }),
    ...(endAtMs !== undefined && { endAtMs }),
    ...(expireAfterMs !== undefined && { expireAfterMs }),
  };
}

function resolveAttempts(block: Sourced | undefined): Execution['attempts'] {
  const anotherTimeMs = durationAt(block, ['attempts', 'another_time']);
  return {
    max: numberAt(block, ['attempts', 'max']) ?? 1,
    retry: resolveRetry(block),
    ...(anotherTimeMs !== undefined && { anotherTimeMs }),
  };
}

function resolveRetry(block: Sourced | undefined): Execution['attempts']['retry'] {
  const retry: Partial<Record<Outcome, readonly number[]>> = {};
  for (const outcome of outcomes) {
    const delays = itemsAt(block, ['attempts', 'retry', outcome]);
    if (delays.length > 0) retry[outcome] = delays.map((delay) => certain(durationAt(delay, []), 'delay'));
  }
  return retry;
}

function minuteAt(window: Sourced, key: 'from' | 'to'): number {
  return certain(parseTimeOfDay(certain(textAt(window, [key]), key)), key);
}

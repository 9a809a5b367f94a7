import { cleanLine } from './clean.ts';
import type { Counts, UnknownStatus } from '../model/wave.ts';
import { count, countOf } from './quantity.ts';

/** What pending recipients wait for. */
export const waitWords: Readonly<Record<string, string>> = {
  new: 'to be called',
  window: 'outside of the calling windows',
  not_before: 'before their not_before',
  start_at: 'before start_at',
  retry: 'until the next attempt',
  time_of_day: 'to be tried at another time of day',
  voided: 'to be tried again, as the last request placed no call',
  person: 'called often enough for now',
  phone_busy: 'another call to their number is under way',
};

/** Outcomes that are more than one word. */
export const outcomeWords: Readonly<Record<string, string>> = { no_answer: 'no answer' };

/** Why recipients are not called in this wave. */
export const skipWords: Readonly<Record<string, string>> = {
  suppressed: 'on a do-not-call list',
  opted_out: 'asked not to be called',
  only_phones: 'not in only_phones',
  not_before: 'to be dialled before their not_before',
  start_at: 'to be dialled before start_at',
  not_after: 'past their not_after before they can be called',
  end_at: 'past end_at before they can be called',
  expired: 'past expire_after before they can be called',
  removed: 'no longer listed',
  zone_unknown: 'of no known time zone',
  toll_free: 'with a toll-free number and no time zone',
  no_window: 'no window opens for them in time',
  attempts: 'tried as often as attempts.max says',
  cancelled: 'as the wave was cancelled',
  rerun: 'called by a rerun of the wave',
};

/** `3 Cancel, 1 Confirm`; names without words stand as they are. */
export function listCounts(
  values: Readonly<Record<string, number>>,
  words: Readonly<Record<string, string>> = {},
): string {
  return Object.entries(values)
    .filter(([, value]) => value > 0)
    .map(([name, value]) => `${count(value)} ${words[name] ?? cleanLine(name)}`)
    .join(', ');
}

/** What those who answered replied, and how many of them did not, where anybody did. */
export function replyWords({ outcomes, replies }: Pick<Counts, 'outcomes' | 'replies'>): string {
  const replied = Object.values(replies).reduce((sum, value) => sum + value, 0);
  const silent = replied === 0 ? 0 : (outcomes.answered ?? 0) - replied;
  return [listCounts(replies), silent > 0 ? `${count(silent)} without a reply` : '']
    .filter((part) => part !== '')
    .join(', ');
}

/** What to do about a status that holds calls open. */
export function unknownWords({ status, calls }: UnknownStatus): string {
  const who = calls === 1 ? '1 call has' : `${countOf(calls, 'call')} have`;
  return `${who} the status "${cleanLine(status)}", which callplan does not know: name it in provider.statuses`;
}

/** What to write into the file, so that such calls do not stay open; nothing where all statuses are known. */
export function namingSteps(unknown: readonly UnknownStatus[], file: string): readonly string[] {
  if (unknown.length === 0) return [];
  const named = unknown.map(({ status }) => `${yamlKey(cleanLine(status))}: no_answer`).join(', ');
  return [`say in ${cleanLine(file)} how such a call ends, as in:`, `provider: {statuses: {${named}}}`];
}

function yamlKey(word: string): string {
  return /^[A-Za-z_][\w-]*$/.test(word) ? word : JSON.stringify(word);
}

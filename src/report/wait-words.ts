/** Why recipients wait, in words. */
import type { WaitingPerson, WaitReason } from './status-report.ts';
import { waitWords } from './count-words.ts';
import { count } from './quantity.ts';
import { timeWords } from './time-words.ts';

/** `1,204 until the window opens 2026-11-25 09:00 Africa/Lagos`. */
export function pendingWords({ recipients, why, until, zone }: WaitReason): string {
  const words = until === null ? '' : groupWords(why, timeWords(until, zone), recipients);
  return `${count(recipients)} ${words === '' ? (waitWords[why ?? ''] ?? why ?? '') : words}`;
}

function groupWords(why: string | null, when: string, recipients: number): string {
  const at = recipients === 1 ? when : `the first ${when}`;
  switch (why ?? '') {
    case 'window':
      return `until the window opens ${when}`;
    case 'not_before':
      return `before their not_before, ${at}`;
    case 'start_at':
      return `until start_at, ${when}`;
    case 'retry':
      return `until the next attempt, ${at}`;
    case 'time_of_day':
      return `to be tried at another time of day, from ${when}`;
    case 'voided':
      return `to be tried again, ${at}, as the last request did not go out`;
    case 'person':
      return `called often enough for now, next ${at}`;
    default:
      return '';
  }
}

/** What becomes of one recipient next. `next`: what brings about what nothing else keeps waiting. */
export function personWords(person: WaitingPerson, next: string): string {
  if (person.state === 'pending') {
    return pendingPersonWords(person, person.until === null ? undefined : timeWords(person.until, person.zone), next);
  }
  const called = person.called_at === null ? '' : ` since ${timeWords(person.called_at)}`;
  return `attempt ${String(person.attempt)} under way${called}`;
}

function pendingPersonWords({ why, attempt }: WaitingPerson, when: string | undefined, next: string): string {
  switch (why ?? '') {
    case 'window':
      return `the window opens ${when ?? 'now'}`;
    case 'not_before':
    case 'start_at':
      return `not before ${when ?? 'now'}`;
    case 'retry':
      return `attempt ${String(attempt + 1)} ${when ?? next}`;
    case 'time_of_day':
      return `attempt ${String(attempt + 1)} at another time of day, from ${when ?? 'now'}`;
    case 'voided':
      return `the last request did not go out; again ${when ?? next}`;
    case 'person':
      return `called often enough until ${when ?? 'now'}`;
    case 'phone_busy':
      return 'another call to the number is under way';
    default:
      return `to be called ${when ?? next}`;
  }
}

/** Why recipients wait, in words. */
import { parseInstant } from '../model/instant.ts';
import type { WaitingPerson, WaitReason } from './status-report.ts';
import { waitWords } from './count-words.ts';
import { count } from './quantity.ts';
import { timeWords } from './time-words.ts';

/** `1,204 until the window opens 2026-11-25 09:00 Africa/Lagos, 3 to be called`: each reason once, the most common first. */
export function pendingWords(reasons: readonly WaitReason[]): string {
  return [...Map.groupBy(reasons, ({ why }) => why).values()]
    .map((alike) => ({ alike, recipients: alike.reduce((sum, one) => sum + one.recipients, 0) }))
    .toSorted((one, other) => other.recipients - one.recipients)
    .map(({ alike, recipients }) => `${count(recipients)} ${reasonWords(alike, recipients)}`)
    .join(', ');
}

/** Those of one reason in several zones are told of with the first instant; where some are due now there is none. */
function reasonWords(alike: readonly WaitReason[], recipients: number): string {
  const times = alike
    .flatMap(({ until, zone }) => (until === null ? [] : [{ until, zone, ms: parseInstant(until) ?? 0 }]))
    .toSorted((one, other) => one.ms - other.ms);
  const why = alike[0]?.why ?? '';
  const [first] = times;
  const isTimed = first !== undefined && times.length === alike.length;
  const isOneInstant = times.every(({ ms }) => ms === first?.ms);
  const words = isTimed ? groupWords(why, timeWords(first.until, first.zone), { recipients, isOneInstant }) : '';
  return words === '' ? (waitWords[why] ?? why) : words;
}

type Group = { readonly recipients: number; readonly isOneInstant: boolean };

function groupWords(why: string, when: string, { recipients, isOneInstant }: Group): string {
  const at = recipients === 1 ? when : `the first ${when}`;
  switch (why) {
    case 'window':
      return `until the window opens${isOneInstant ? ` ${when}` : `, ${at}`}`;
    case 'not_before':
      return `before their not_before, ${at}`;
    case 'start_at':
      return `until start_at, ${when}`;
    case 'retry':
      return `until the next attempt, ${at}`;
    case 'time_of_day':
      return `to be tried at another time of day, from ${when}`;
    case 'voided':
      return `to be tried again, ${at}, as the last request placed no call`;
    case 'person':
      return recipients === 1
        ? `called often enough until ${when}`
        : `called often enough for now, the first until ${when}`;
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
      return `the last request placed no call; again ${when ?? next}`;
    case 'person':
      return `called often enough until ${when ?? 'now'}`;
    case 'phone_busy':
      return 'another call to the number is under way';
    default:
      return `to be called ${when ?? next}`;
  }
}

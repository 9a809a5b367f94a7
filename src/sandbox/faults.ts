/**
 * What a sandbox may do wrong on purpose, written `lose-response=10%,list-lag=2s,no-echo`. Shares strike by the seeded
 * random, so that a run repeats; flags and times hold all the while.
 */
import type { Random } from '../ports.ts';

/** What each fault does, for help and documentation, by the kind of its value. */
export const shareFaults = {
  'lose-response': 'the calls are placed, then the connection is cut without an answer',
  'fail-after-placing': 'the calls are placed, then the answer is 503',
  'fail-before-placing': 'nothing is placed, the answer is 503',
  refuse: 'nothing is placed, the answer is 400 and quotes the request',
  throttle: 'the answer is 429 with Retry-After',
  'throttle-no-header': 'the answer is 429 without Retry-After',
  'cut-body': 'the connection is cut amid the body of an answer',
  html: 'the answer is a page of HTML with status 200',
  redirect: 'the calls are placed, then the answer is 302 to another host',
  'unknown-status': 'a call ends with a status that is in no list',
} as const;

/** Milliseconds, or with a unit: 500ms, 2s, 10m, 1h. */
export const timeFaults = {
  'list-lag': 'calls and requests stay out of listings for so long',
  slow: 'every answer takes so long',
  'clock-skew': "the server's clock is so far ahead; behind, if negative",
} as const;

export const countFaults = {
  'page-cap': 'a page never has more items, whatever is asked for',
  'calls-at-once': 'while so many calls are not over, a request to place more is answered 429',
} as const;

/** A name; may be given more than once. */
export const nameFaults = {
  'drop-field': 'this field of a resource is not kept when it is written',
} as const;

export const flagFaults = {
  'no-echo': 'neither tags nor sent variables come back anywhere',
  'echo-requests-only': 'tags and sent variables come back with requests, not with calls',
  unauthorized: 'every answer is 401',
  'duplicate-items': 'every further page of a listing begins with the last item of the page before',
  'total-off': 'the total of a listing is one too many',
  'total-estimated': 'the total of a listing is said to be an estimate',
  'missing-entry': 'the answer to placing calls has no id in it',
  'extra-fields': 'answers have fields that no page documents',
  'strict-put': 'an update resets what it leaves out to the documented defaults',
} as const;

export type ShareFault = keyof typeof shareFaults;
export type FlagFault = keyof typeof flagFaults;
export type NumberFault = ShareFault | keyof typeof timeFaults | keyof typeof countFaults;
export type NameFault = keyof typeof nameFaults;

/** Any fault. */
export type FaultName = NumberFault | NameFault | FlagFault;

/** The faults of one sandbox; what is left out does not happen. Shares are from 0 to 1, times in milliseconds. */
export type Faults = Readonly<Partial<Record<NumberFault, number>>> &
  Readonly<Partial<Record<FlagFault, true>>> &
  Readonly<Partial<Record<NameFault, readonly string[]>>>;

/** True for the share of cases that the fault is set to. Draws only where it is set. */
export function strikes(faults: Faults, fault: ShareFault, random: Random): boolean {
  const share = faults[fault] ?? 0;
  return share > 0 && random.next() < share;
}

/** The names of all faults, in the order of their tables. */
export function faultNames(): readonly string[] {
  return [shareFaults, timeFaults, countFaults, nameFaults, flagFaults].flatMap((table) => Object.keys(table));
}

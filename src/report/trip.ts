import type { StopOutcome } from '../model/execution.ts';
import type { Trip } from '../model/trip.ts';
import { cleanLine } from './clean.ts';
import { outcomeWords } from './count-words.ts';
import { count, countOf } from './quantity.ts';
import type { View } from './style.ts';

/** Why a wave stopped itself, as outputs show it. */
export type ShownTrip = {
  readonly kind: Trip['kind'];
  readonly why: string;
  /** ISO 8601 with the offset of the campaign's zone. */
  readonly at: string;
  /** The calls that did it, oldest first. */
  readonly calls: readonly { readonly id: string; readonly attempt: number; readonly outcome: string }[];
};

/** Follows "stopped because". */
export function tripWhy(trip: Trip): string {
  switch (trip.kind) {
    case 'alike':
      return `${countOf(trip.calls.length, 'recipient')} in a row were refused alike: ${trip.reason}`;
    case 'canary':
      return shareWords(trip, `the canary's ${countOf(trip.of, 'call')}`);
    case 'stop_when':
      return shareWords(trip, `the last ${countOf(trip.of, 'call')}`);
    case 'budget':
      return `one more call may not fit into the budget of ${trip.limit}`;
  }
}

/** What a person does before letting the wave go on. */
export function tripRemedy({ kind }: Pick<Trip, 'kind'>): string {
  return remedies[kind];
}

const remedies = {
  alike: 'mend what they were refused for, then let the wave go on:',
  canary: 'find out why, then let the wave go on, with a new canary:',
  stop_when: 'find out why, then let the wave go on, with a new canary if it has one:',
  budget: 'raise execution.budget, then let the wave go on:',
} as const;

/** Calls listed one by one; the JSON has all of them. */
const listed = 10;

/** The calls for which the wave stopped, the first ten of them; nothing where there are none. */
export function tripLines({ calls }: Pick<ShownTrip, 'calls'>, { style }: View): readonly string[] {
  if (calls.length === 0) return [];
  const more = calls.length - listed;
  return [
    style.bold('Calls that stopped it'),
    ...calls.slice(0, listed).map(({ id, attempt, outcome }) => {
      const words = outcomeWords[outcome] ?? outcome;
      const note = attempt === 1 ? words : `${words}, attempt ${String(attempt)}`;
      return `  ${cleanLine(id)}  ${style.dim(note)}`;
    }),
    ...(more > 0 ? [`  and ${count(more)} more; --format json lists all`] : []),
  ];
}

function shareWords({ calls, outcome, percent }: Trip & { readonly kind: 'canary' | 'stop_when' }, of: string): string {
  return `${count(calls.length)} of ${of} ${endedWords[outcome][calls.length === 1 ? 0 : 1]}; the wave stops at ${String(percent)}%`;
}

/** Of one call and of several. */
const endedWords: Readonly<Record<StopOutcome, readonly [string, string]>> = {
  failed: ['failed', 'failed'],
  no_answer: ['was not answered', 'were not answered'],
  busy: ['met a busy line', 'met a busy line'],
  voicemail: ['reached a voicemail', 'reached a voicemail'],
  cancelled: ['was cancelled', 'were cancelled'],
  unknown: ['ended in a way that nobody knows', 'ended in a way that nobody knows'],
};

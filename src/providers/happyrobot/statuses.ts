import { outcomes, type Outcome } from '../../model/attempt.ts';
import { isFields, type Fields } from '../../model/value.ts';

/** What each status says of a call: its outcome, or that it goes on. */
export type Statuses = ReadonlyMap<string, Outcome | 'open'>;

/**
 * The statuses of the page of calls, and below them those that only its first generation has. Which of them are final
 * is inferred from their names; "Transferred" may be a call that a person has taken over.
 */
export const documentedStatuses: Readonly<Record<string, Outcome | 'open'>> = {
  Completed: 'answered',
  'AMD Terminated': 'voicemail',
  'No answer': 'no_answer',
  Busy: 'busy',
  Canceled: 'cancelled',
  Failed: 'failed',
  Scheduled: 'open',
  Queued: 'open',
  Initiated: 'open',
  Ringing: 'open',
  'In progress': 'open',
  Transferred: 'open',
  Ended: 'answered',
  Missed: 'no_answer',
  Abandoned: 'unknown',
  Dialing: 'open',
  Connected: 'open',
};

/** `provider.statuses` names others, and beats what the pages say. */
export function statusesOf(named: Fields[string] | undefined): Statuses {
  const own = named !== undefined && isFields(named) ? Object.entries(named) : [];
  return new Map<string, Outcome | 'open'>([
    ...Object.entries(documentedStatuses).map(([status, meaning]) => [keyOf(status), meaning] as const),
    ...own.flatMap(([status, value]) => {
      const outcome = outcomes.find((known) => known === value);
      return outcome === undefined ? [] : [[keyOf(status), outcome] as const];
    }),
  ]);
}

/** Undefined for a status that nobody names. */
export function meaningOf(status: string, statuses: Statuses): Outcome | 'open' | undefined {
  return statuses.get(keyOf(status));
}

/** Pages write "No answer", clients `no_answer` and `NO-ANSWER`. */
function keyOf(status: string): string {
  return status.toLowerCase().replaceAll(/[\s_-]+/g, '');
}

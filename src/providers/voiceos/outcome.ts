import type { Outcome } from '../../model/attempt.ts';
import { asList, isObject, type JsonObject } from '../answer.ts';

/** How a conversation stands: the word for it, and what it means once it is over. */
export type Standing = { readonly status?: string; readonly outcome?: Outcome };

type Ending = 'ended:talked' | 'ended:not_started' | 'ended:unknown';

/**
 * The API has one final status for whatever happened, so the others are told apart by what else the conversation says;
 * a campaign may name them in `provider.statuses`.
 */
export const endings: Readonly<Record<Ending, Outcome>> = {
  /** Somebody, or a machine, was on the line. */
  'ended:talked': 'answered',
  /** Neither a start nor a word: nobody was on the line. Whether it rang, was busy or was declined is not said. */
  'ended:not_started': 'no_answer',
  /** It began, and nothing says that anybody heard it. Never tried again, unless the campaign says what it means. */
  'ended:unknown': 'unknown',
};

/** @param outcomes by status in lower case, the campaign's and `endings` */
export function standingOf(conversation: JsonObject, outcomes: ReadonlyMap<string, Outcome>): Standing {
  const { status: word } = conversation;
  if (typeof word !== 'string') return {};
  const status = word.toLowerCase() === 'ended' ? endingOf(conversation) : word;
  const outcome = outcomes.get(status.toLowerCase());
  return outcome === undefined ? { status } : { status, outcome };
}

function endingOf({ messages, started_at: startedAt, ended_reason: reason }: JsonObject): Ending {
  const said = messages === undefined || messages === null ? [] : asList(messages, 'messages as a list');
  if (said.some((message) => isObject(message) && message['role'] === 'user')) return 'ended:talked';
  const hasStarted = startedAt !== undefined && startedAt !== null;
  if (!hasStarted && said.length === 0) return 'ended:not_started';
  const isHungUp = reason === 'user_ended' || (reason === 'agent_ended' && said.length > 0);
  return isHungUp ? 'ended:talked' : 'ended:unknown';
}

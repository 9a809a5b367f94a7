import type { Outcome, Reply } from '../../model/attempt.ts';
import { isObject, type JsonObject } from '../answer.ts';

/** What an answer says of how a call went, each as the provider's own word. */
export type Signs = {
  readonly status?: string;
  readonly stage?: string;
  readonly stageOutcome?: string;
  readonly human?: string;
  /** Twilio's own status of the call: https://www.twilio.com/docs/voice/api/call-resource#call-status-values */
  readonly twilio?: string;
};

type Rule = {
  readonly sign: string;
  readonly holds: (signs: Signs) => boolean;
  readonly outcome: Outcome | 'open';
};

const notConnected = ({ stageOutcome }: Signs): boolean => stageOutcome === 'call_did_not_connect';

/** How talks with a person end. A transfer that nobody took began as one. */
const talks = ['human_disconnected', 'bot_disconnected', 'transfer_unanswered', 'transfer_disconnected'];

const pickedUp = ['picked_up', 'transfer_started', 'transfer_successful'];

/** The first that holds decides. Which signs go together is not documented, so each is read by itself. */
export const rules: readonly Rule[] = [
  {
    sign: 'any status but ended and error',
    holds: ({ status }) => status !== 'ended' && status !== 'error',
    outcome: 'open',
  },
  { sign: 'human_detection_result no_human', holds: ({ human }) => human === 'no_human', outcome: 'voicemail' },
  {
    sign: 'stage_outcome human_unanswered',
    holds: ({ stageOutcome }) => stageOutcome === 'human_unanswered',
    outcome: 'no_answer',
  },
  {
    sign: 'stage_outcome call_did_not_connect, call_status busy (Twilio)',
    holds: (signs) => notConnected(signs) && signs.twilio === 'busy',
    outcome: 'busy',
  },
  {
    sign: 'stage_outcome call_did_not_connect, call_status no-answer (Twilio)',
    holds: (signs) => notConnected(signs) && signs.twilio === 'no-answer',
    outcome: 'no_answer',
  },
  // Twilio: ended by request while it was queued or ringing, https://www.twilio.com/docs/voice/api/call-resource.
  { sign: 'call_status canceled (Twilio)', holds: ({ twilio }) => twilio === 'canceled', outcome: 'cancelled' },
  { sign: 'stage_outcome call_did_not_connect', holds: notConnected, outcome: 'failed' },
  { sign: 'status error', holds: ({ status }) => status === 'error', outcome: 'failed' },
  {
    sign: `stage_outcome ${talks.join(', ')}`,
    holds: ({ stageOutcome = '' }) => talks.includes(stageOutcome),
    outcome: 'answered',
  },
  { sign: 'human_detection_result human', holds: ({ human }) => human === 'human', outcome: 'answered' },
  { sign: `stage ${pickedUp.join(', ')}`, holds: ({ stage = '' }) => pickedUp.includes(stage), outcome: 'answered' },
  { sign: 'status ended, nothing of these', holds: () => true, outcome: 'unknown' },
];

/** Signs that an answer has; those that are no text are left out. */
export function signsOf(call: JsonObject): Signs {
  const { status, stage, stage_outcome: stageOutcome, human_detection_result: human } = call;
  const telephony = call['telephony_metadata'];
  const twilio = isObject(telephony) ? telephony['call_status'] : undefined;
  return {
    ...(typeof status === 'string' && { status }),
    ...(typeof stage === 'string' && { stage }),
    ...(typeof stageOutcome === 'string' && { stageOutcome }),
    ...(typeof human === 'string' && { human }),
    ...(typeof twilio === 'string' && { twilio }),
  };
}

/** Undefined while the call goes on. A status that the campaign names means what it says there. */
export function outcomeOf(signs: Signs, named: ReadonlyMap<string, Outcome>): Outcome | undefined {
  const own = named.get((signs.status ?? '').toUpperCase());
  if (own !== undefined) return own;
  const outcome = rules.find(({ holds }) => holds(signs))?.outcome;
  return outcome === 'open' ? undefined : outcome;
}

/** Where the replies of ended calls are read from: whether somebody was put through. */
export const replySigns = [
  { sign: 'stage transfer_successful', becomes: 'classification transfer_successful' },
  { sign: 'stage_outcome transfer_unanswered', becomes: 'classification transfer_unanswered' },
] as const;

/** Undefined where nobody was to be put through, or it is not known. */
export function replyOf({ stage, stageOutcome }: Signs): Reply | undefined {
  if (stage === 'transfer_successful') return { classification: stage };
  return stageOutcome === 'transfer_unanswered' ? { classification: stageOutcome } : undefined;
}

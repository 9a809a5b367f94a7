/**
 * A call as Vocode shows it: expanded where it is asked for by id, normalized in the listing. Which stage goes with
 * which outcome is not documented: the pairs here are chosen.
 */
import type { Faults } from '../faults.ts';
import { isObject } from '../../model/json.ts';
import type { Ending } from '../life.ts';
import { isoTime } from '../time-text.ts';
import { agentItem } from './agents.ts';
import type { Account, Call } from './account.ts';
import { withExtras } from './envelope.ts';

/** As `GET /v1/calls` answers it: its agent and connection expanded, its times text. */
export function callItem(account: Account, faults: Faults, call: Call): object {
  const agent = account.agents.get(call.agentId);
  const { startMs, endMs } = timesOf(account, call);
  return withExtras(
    {
      ...common(account, faults, call),
      start_time: startMs === undefined ? null : isoTime(startMs),
      end_time: endMs === undefined ? null : isoTime(endMs),
      agent: agent === undefined ? null : discreet(agentItem(account, faults, agent), call),
      telephony_account_connection: {
        id: account.connectionId,
        user_id: account.userId,
        credentials: { twilio_account_sid: 'AC-made-up', twilio_auth_token: 'made-up-auth-token' },
        type: 'account_connection_twilio',
        steering_pool: [],
        account_supports_any_caller_id: false,
      },
    },
    faults,
  );
}

/** As the listing has it: agent and connection by uuid, times as numbers, in seconds since 1970. */
export function normalizedCall(account: Account, faults: Faults, call: Call): object {
  const { startMs, endMs } = timesOf(account, call);
  return withExtras(
    {
      ...common(account, faults, call),
      start_time: startMs === undefined ? null : startMs / 1000,
      end_time: endMs === undefined ? null : endMs / 1000,
      agent: call.agentId,
      telephony_account_connection: account.connectionId,
    },
    faults,
  );
}

export function hasEnded(account: Account, call: Call): boolean {
  return phaseOf(account, call) === 'over';
}

type Phase = 'waiting' | 'under_way' | 'over';

function phaseOf(account: Account, call: Call): Phase {
  const ageMs = account.clock.monotonic() - call.placedMs;
  if (account.endedMs.has(call.id) || ageMs >= call.life.endsAtMs) return 'over';
  return ageMs < call.life.underWayAtMs ? 'waiting' : 'under_way';
}

type End = {
  readonly status: 'ended' | 'error';
  readonly stage: string;
  readonly outcome: string;
  readonly human: 'human' | 'no_human' | null;
  /** Twilio's word. */
  readonly line: string;
};

const ends: Readonly<Record<Ending, End>> = {
  replied: { status: 'ended', stage: 'picked_up', outcome: 'human_disconnected', human: 'human', line: 'completed' },
  answered: { status: 'ended', stage: 'picked_up', outcome: 'bot_disconnected', human: 'human', line: 'completed' },
  voicemail: { status: 'ended', stage: 'picked_up', outcome: 'bot_disconnected', human: 'no_human', line: 'completed' },
  no_answer: { status: 'ended', stage: 'created', outcome: 'human_unanswered', human: null, line: 'no-answer' },
  busy: { status: 'ended', stage: 'created', outcome: 'call_did_not_connect', human: null, line: 'busy' },
  failed: { status: 'error', stage: 'created', outcome: 'call_did_not_connect', human: null, line: 'failed' },
};

/** Who replies to an agent that transfers calls is put through. */
function endOf({ life, transfers }: Call): End {
  const end = ends[life.ending];
  if (life.ending !== 'replied' || !transfers) return end;
  return { ...end, stage: 'transfer_successful', outcome: 'transfer_disconnected' };
}

function common(account: Account, faults: Faults, call: Call): object {
  const hidden = faults['no-echo'] === true || faults['echo-requests-only'] === true;
  const { asked } = call;
  return {
    id: call.id,
    user_id: account.userId,
    ...progressOf(account, call),
    recording_available: false,
    telephony_id: `CA-${call.id}`,
    to_number: asked['to_number'],
    from_number: asked['from_number'],
    telephony_provider: 'twilio',
    agent_phone_number: asked['from_number'],
    hipaa_compliant: asked['hipaa_compliant'],
    on_no_human_answer: asked['on_no_human_answer'],
    context: hidden ? null : asked['context'],
    run_do_not_call_detection: asked['run_do_not_call_detection'],
    telephony_params: asked['telephony_params'],
  };
}

function progressOf(account: Account, call: Call): object {
  const phase = phaseOf(account, call);
  const end = endOf(call);
  const wasEnded = account.endedMs.has(call.id);
  const over = phase === 'over' && !wasEnded;
  const talked = over && end.human === 'human';
  return {
    status: statusOf(call, phase, wasEnded),
    error_message: over && end.status === 'error' ? 'the number cannot be reached' : null,
    transcript: talked && call.asked['hipaa_compliant'] === false ? 'BOT: Hello.\nHUMAN: Hello.' : null,
    human_detection_result: over ? end.human : null,
    do_not_call_result: talked && call.listens ? asksForPeace(call) : null,
    stage: over ? end.stage : 'created',
    stage_outcome: over ? end.outcome : null,
    telephony_metadata: {
      type: 'telephony_metadata_twilio',
      call_sid: `CA-${call.id}`,
      call_status: over ? end.line : wasEnded ? 'canceled' : 'queued',
      transfer_call_sid: null,
      transfer_call_status: null,
      conference_sid: null,
    },
  };
}

function statusOf(call: Call, phase: Phase, wasEnded: boolean): string {
  if (phase === 'waiting') return 'not_started';
  if (phase === 'under_way') return 'in_progress';
  return wasEnded ? 'ended' : (call.oddStatus ?? endOf(call).status);
}

/** One in five of those who answer and do not reply. */
function asksForPeace({ life }: Call): boolean {
  return life.ending === 'answered' && life.choice < 0.2;
}

function timesOf(account: Account, call: Call): { readonly startMs?: number; readonly endMs?: number } {
  const phase = phaseOf(account, call);
  if (phase === 'waiting') return {};
  const startMs = call.createdMs + call.life.underWayAtMs;
  if (phase === 'under_way') return { startMs };
  const stopped = account.endedMs.get(call.id);
  const endMs = stopped === undefined ? startMs + talkMs(call) : call.createdMs + stopped - call.placedMs;
  return { startMs, endMs: Math.max(startMs, endMs) };
}

/** Nobody talks where nobody answers, so that such a call has no length. */
function talkMs({ life }: Call): number {
  return life.seconds * 1000;
}

/** A call that keeps nothing shows no prompt either. */
function discreet(agent: object, { asked }: Call): object {
  if (asked['hipaa_compliant'] !== true || !('prompt' in agent) || !isObject(agent.prompt)) return agent;
  return { ...agent, prompt: { ...agent.prompt, content: '[redacted]' } };
}

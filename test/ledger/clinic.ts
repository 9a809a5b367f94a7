/** A clinic that reminds of appointments: attempts, events and policies for the tests of the ledger. */
import * as fc from 'fast-check';
import { outcomes, type Attempt, type AttemptEvent, type AttemptState } from '../../src/model/attempt.ts';
import type { Candidate } from '../../src/model/candidate.ts';
import type { Sighting } from '../../src/model/sighting.ts';
import type { E164 } from '../../src/model/recipient.ts';
import type { Moment, Policy } from '../../src/ledger/advance.ts';

export const second: number = 1_000;
export const minute: number = 60 * second;
export const hour: number = 60 * minute;
export const startMs: number = 1_795_500_000_000;

export const amaka: E164 = '+2348030000001' as E164;
export const bola: E164 = '+2348030000002' as E164;

/** An attempt whose intent is a second old; `state` and all else can be said. */
export function attempt(change: Partial<Attempt> = {}): Attempt {
  return {
    id: 1,
    recipientId: 1,
    key: 'A-100',
    phone: amaka,
    n: 1,
    version: 1,
    reference: 'cp1.aaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbb.1',
    dispatch: 'd1',
    resourceId: 'wf_1',
    account: 'intron https://api.example.test',
    intentMs: startMs - second,
    state: { kind: 'intent' },
    polls: 0,
    earlier: [],
    ...change,
  };
}

/** Somebody whom nothing holds back; all can be said. */
export function candidate(change: Partial<Candidate> = {}): Candidate {
  return {
    recipientId: 1,
    key: 'A-100',
    tag: 'a'.repeat(16),
    phone: amaka,
    enrolledMs: startMs,
    n: 1,
    alone: false,
    call: {},
    phoneBusy: false,
    optedOut: false,
    earlierMs: [],
    personCallsMs: [],
    ...change,
  };
}

export const policy: Policy = {
  attempts: { max: 3, retry: { no_answer: [30 * minute, 2 * hour], busy: [10 * minute] } },
  followUp: { everyMs: 15 * second, forMs: 2 * hour },
  lookUp: { settleMs: 5 * minute },
};

export function moment(change: Partial<Moment> = {}): Moment {
  const { nowMs = startMs } = change;
  return { nowMs, wallMs: nowMs, jitter: 0.5, voidWaitMs: 4 * second, ...change };
}

export function inDoubt(
  change: Partial<AttemptState & { readonly kind: 'in_doubt' }> = {},
): AttemptState & { readonly kind: 'in_doubt' } {
  return { kind: 'in_doubt', sinceMs: startMs, why: 'no whole answer came', looks: 0, needs: 2, ...change };
}

export function sighting(change: Partial<Sighting> = {}): Sighting {
  return { phone: amaka, ...change };
}

/** One state of each kind; `in_doubt` of both. */
export const states: {
  readonly none: undefined;
  readonly intent: AttemptState;
  readonly accepted: AttemptState;
  readonly in_doubt: AttemptState;
  readonly refused_batch: AttemptState;
  readonly ended: AttemptState;
  readonly rejected: AttemptState;
  readonly unresolved: AttemptState;
  readonly voided: AttemptState;
} = {
  none: undefined,
  intent: { kind: 'intent' },
  accepted: { kind: 'accepted', handle: { batchId: 'b1' }, sinceMs: startMs - minute, status: 'QUEUED' },
  in_doubt: inDoubt({ sinceMs: startMs - minute }),
  refused_batch: inDoubt({ sinceMs: startMs - minute, needs: 1, why: 'the batch was refused: HTTP 400' }),
  ended: { kind: 'ended', outcome: 'no_answer' },
  rejected: { kind: 'rejected', reason: 'HTTP 422' },
  unresolved: { kind: 'unresolved', reason: 'two calls could be this one' },
  voided: { kind: 'voided', reason: 'HTTP 429' },
};

const intended: AttemptEvent = {
  kind: 'intended',
  dispatch: 'd1',
  resourceId: 'wf_1',
  account: 'intron https://api.example.test',
  definition: 'sha256:1',
};

type EventName = Exclude<AttemptEvent['kind'], 'settled'> | 'settled_called' | 'settled_not_called';

/** One event of each kind. */
export const events: Readonly<Record<EventName, AttemptEvent>> = {
  intended,
  accepted: { kind: 'accepted', handle: { batchId: 'b2' } },
  refused: { kind: 'refused', reason: 'HTTP 400: bad voice' },
  voided: { kind: 'voided', reason: 'connection failed' },
  doubted: { kind: 'doubted', why: 'HTTP 503', needs: 2 },
  restarted: { kind: 'restarted' },
  not_seen: { kind: 'not_seen' },
  look_failed: { kind: 'look_failed', reason: 'GET /calls answered 503' },
  seen: { kind: 'seen', handle: { callId: 'c1' }, status: 'RINGING' },
  ended: { kind: 'ended', outcome: 'answered', handle: { callId: 'c1' }, reply: { option: '1' }, seconds: 31 },
  gave_up: { kind: 'gave_up', reason: 'look-up failed: 403' },
  imported: { kind: 'imported', handle: { batchId: 'b3' }, status: 'COMPLETED' },
  settled_called: { kind: 'settled', as: 'called', by: 'ops' },
  settled_not_called: { kind: 'settled', as: 'not-called', by: 'ops' },
};

export const anyEvent: fc.Arbitrary<AttemptEvent> = fc.oneof(
  fc.constantFrom(...Object.values(events)),
  fc.constantFrom(...outcomes).map((outcome): AttemptEvent => ({ kind: 'ended', outcome })),
  fc.constantFrom(1 as const, 2 as const).map((needs): AttemptEvent => ({ kind: 'doubted', why: 'HTTP 500', needs })),
);

/** Events with times that never go back. */
export const anyHistory: fc.Arbitrary<readonly { readonly event: AttemptEvent; readonly atMs: number }[]> = fc
  .array(fc.record({ event: anyEvent, laterMs: fc.nat(10 * minute) }), { maxLength: 25 })
  .map((steps) => {
    let atMs = startMs;
    return [{ event: intended as AttemptEvent, atMs }].concat(
      steps.map(({ event, laterMs }) => ({ event, atMs: (atMs += laterMs) })),
    );
  });

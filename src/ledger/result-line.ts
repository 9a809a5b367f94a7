import type { Attempt, Outcome, Reply } from '../model/attempt.ts';
import type { Standing } from '../model/standing.ts';
import type { ResultRow } from '../model/wave.ts';

/** One line of results.jsonl: what is equal for equal inputs, and apart from it, in `record`, times and ids. */
export type ResultLine = {
  /** HMAC-SHA-256 of the recipient's key, hex. */
  readonly recipient: string;
  readonly state: string;
  readonly reason?: string;
  readonly outcome?: Outcome;
  readonly reply?: Reply;
  readonly attempts: readonly ResultAttempt[];
  readonly record: { readonly attempts: readonly AttemptRecord[] };
};

/** What is equal for equal inputs: how one attempt ended, and why. */
export type ResultAttempt = {
  readonly n: number;
  readonly state: string;
  readonly outcome?: Outcome;
  readonly reply?: Reply;
  readonly reason?: string;
  readonly seconds?: number;
  readonly cost?: string;
  /** The definition that it was made under. */
  readonly definition: string;
  /** What happened to it, in order. */
  readonly evidence: readonly string[];
};

/** What differs from run to run: when one attempt was, and what the provider calls it. */
export type AttemptRecord = {
  readonly n: number;
  readonly started_at: string;
  readonly ended_at?: string;
  readonly resource_id: string;
  readonly batch_id?: string;
  readonly call_id?: string;
  readonly status?: string;
};

/** @param nameOf the HMAC of a recipient's key */
export function resultLine(
  row: ResultRow,
  nameOf: (key: string) => string,
  isoTime: (ms: number) => string,
): ResultLine {
  const last = row.attempts.at(-1);
  const ended = row.standing.kind === 'done' && last?.state.kind === 'ended' ? last.state : undefined;
  const reason = reasonOf(row.standing, last?.state);
  return {
    recipient: nameOf(row.key),
    state: stateOf(row.standing, last?.state),
    ...(reason === undefined ? {} : { reason }),
    ...(ended === undefined ? {} : { outcome: ended.outcome }),
    ...(ended?.reply === undefined ? {} : { reply: shownReply(ended.reply) }),
    attempts: row.attempts.map(resultAttempt),
    record: { attempts: row.attempts.map((attempt) => attemptRecord(attempt, isoTime)) },
  };
}

type AttemptOfRow = ResultRow['attempts'][number];

/** An open recipient is called `accepted`, `in_doubt` or `intent` after its attempt. */
export function stateOf(standing: Standing, attempt: Attempt['state'] | undefined): string {
  return standing.kind === 'open' && attempt !== undefined ? attempt.kind : standing.kind;
}

/** Why a recipient waits, is not called, or was given up. */
export function reasonOf(standing: Standing, attempt: Attempt['state'] | undefined): string | undefined {
  switch (standing.kind) {
    case 'skipped':
      return standing.reason;
    case 'pending':
      return standing.why;
    case 'open':
    case 'done':
      return undefined;
    case 'rejected':
    case 'unresolved':
      return attempt !== undefined && 'reason' in attempt ? attempt.reason : undefined;
  }
}

function resultAttempt(attempt: AttemptOfRow): ResultAttempt {
  const { state } = attempt;
  return {
    n: attempt.n,
    state: state.kind,
    ...(state.kind === 'ended' ? endedFields(state) : {}),
    ...('reason' in state ? { reason: state.reason } : {}),
    definition: attempt.definition,
    evidence: attempt.events,
  };
}

function endedFields(
  state: Attempt['state'] & { readonly kind: 'ended' },
): Pick<ResultAttempt, 'outcome' | 'reply' | 'seconds' | 'cost'> {
  return {
    outcome: state.outcome,
    ...(state.reply === undefined ? {} : { reply: shownReply(state.reply) }),
    ...(state.seconds === undefined ? {} : { seconds: state.seconds }),
    ...(state.cost === undefined ? {} : { cost: state.cost }),
  };
}

/** What was taken down of a call is personal: it stays in the store. */
function shownReply(reply: Reply): Reply {
  return Object.fromEntries(Object.entries(reply).filter(([name]) => name !== 'extraction'));
}

function attemptRecord(attempt: AttemptOfRow, isoTime: (ms: number) => string): AttemptRecord {
  const { state } = attempt;
  const handle = 'handle' in state ? state.handle : undefined;
  const status = 'status' in state ? state.status : undefined;
  return {
    n: attempt.n,
    started_at: isoTime(attempt.intentMs),
    ...(attempt.endedMs === undefined ? {} : { ended_at: isoTime(attempt.endedMs) }),
    resource_id: attempt.resourceId,
    ...(handle?.batchId === undefined ? {} : { batch_id: handle.batchId }),
    ...(handle?.callId === undefined ? {} : { call_id: handle.callId }),
    ...(status === undefined ? {} : { status }),
  };
}

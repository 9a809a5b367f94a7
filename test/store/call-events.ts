/** What happens to calls in tests of stores. */
import type { AttemptEvent } from '../../src/model/attempt.ts';

export const accepted: AttemptEvent = { kind: 'accepted', handle: { batchId: 'batch-1' } };

export const answered: AttemptEvent = {
  kind: 'ended',
  outcome: 'answered',
  seconds: 31,
  reply: { option: '1', label: 'Confirm' },
};

export const unanswered: AttemptEvent = { kind: 'ended', outcome: 'no_answer' };

export const doubted: AttemptEvent = { kind: 'doubted', why: 'the connection broke', needs: 2 };

export const voided: AttemptEvent = { kind: 'voided', reason: 'HTTP 429' };

import type { Attempt, AttemptEvent, Step } from '../model/attempt.ts';
import { advance } from '../ledger/advance.ts';
import type { RunContext } from './context.ts';

/**
 * Start-up reads what an earlier process left: its intents may have been sent, so they are in doubt; what was in doubt
 * settles anew, as this process cannot know how long it was dead; accepted calls are polled at once. No other recovery exists.
 */
export async function recover(context: RunContext): Promise<void> {
  const { store, scope, time, tallying } = context;
  const left = await store.openAttempts(scope.waveId, ['intent', 'in_doubt', 'accepted']);
  const steps = left.flatMap((attempt) => {
    const event = recovery(context, attempt);
    return event === undefined ? [] : [step(context, attempt, event)];
  });
  if (steps.length > 0) await store.record(scope, steps, { nowMs: time.now(), wallMs: time.wall(), tallying });
  const accepted = left.filter((attempt) => attempt.state.kind === 'accepted');
  if (accepted.length > 0) {
    const dueMs = time.now();
    await store.postpone(
      scope,
      accepted.map((attempt) => ({ attempt, dueMs })),
    );
  }
}

function recovery(context: RunContext, attempt: Attempt): AttemptEvent | undefined {
  const elsewhere: AttemptEvent | undefined =
    attempt.account === context.accountKey
      ? undefined
      : { kind: 'gave_up', reason: 'it went to another account than the file names now' };
  switch (attempt.state.kind) {
    case 'intent':
      return (
        elsewhere ?? {
          kind: 'doubted',
          why: 'the process ended while it was being sent',
          needs: 2,
        }
      );
    case 'in_doubt':
      return elsewhere ?? { kind: 'restarted' };
    case 'accepted':
    case 'ended':
    case 'rejected':
    case 'unresolved':
    case 'voided':
      return undefined;
  }
}

function step(context: RunContext, attempt: Attempt, event: AttemptEvent): Step {
  return advance(attempt, event, context.campaign.execution, {
    nowMs: context.time.now(),
    wallMs: context.time.wall(),
    jitter: context.random.next(),
    voidWaitMs: 0,
  });
}

import { expect, test } from 'vitest';
import { emptyTally } from '../../src/model/tally.ts';
import type { RunContext } from '../../src/run/context.ts';
import { engineClock } from '../../src/run/engine-clock.ts';
import { grants } from '../../src/run/grants.ts';
import { virtualClock } from '../../src/system/virtual-clock.ts';
import { candidate, hour, startMs } from '../ledger/clinic.ts';
import { runOf } from './clinic.ts';

/** What the intent says of a call that is scheduled a day ahead, on a machine that slept since the run began. */
function intended(sleptMs: number): unknown {
  const clock = virtualClock(startMs);
  const { context } = runOf();
  const { calls } = context.account;
  const scheduled = {
    ...context,
    campaign: {
      ...context.campaign,
      address: { campaign: 'clinic-reminders', environment: 'prod' },
      definitionDigest: 'definition-1',
      execution: { ...context.campaign.execution, batchSize: 1, windows: 'always' },
    },
    account: { ...context.account, calls: { ...calls, scheduledMs: () => startMs + 24 * hour } },
    accountKey: 'intron',
    suppression: new Set(),
    random: { hex: () => 'd1' },
    time: engineClock(clock),
  } as unknown as RunContext;
  // Its monotonic clock stood still meanwhile.
  const time = { ...scheduled.time, wall: () => startMs + sleptMs };
  const decision = grants({ ...scheduled, time }, 1)(candidate(), emptyTally);
  return decision.kind === 'grant' ? decision.event : decision;
}

test('an intent says when its call is scheduled by the wall clock, so that caps and people count right', () => {
  expect(intended(0)).toMatchObject({ kind: 'intended', scheduledMs: startMs + 24 * hour });
  expect(intended(0)).not.toHaveProperty('scheduledEngineMs');
  expect(intended(3 * hour)).toMatchObject({
    kind: 'intended',
    scheduledMs: startMs + 24 * hour,
    scheduledEngineMs: startMs + 21 * hour,
  });
});

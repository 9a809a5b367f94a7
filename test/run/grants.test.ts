import { expect, test, vi } from 'vitest';
import { emptyTally } from '../../src/model/tally.ts';
import type { RunContext } from '../../src/run/context.ts';
import { engineClock } from '../../src/run/engine-clock.ts';
import { grants } from '../../src/run/grants.ts';
import { virtualClock } from '../../src/system/virtual-clock.ts';
import { candidate, hour, startMs } from '../ledger/clinic.ts';
import { runOf } from './clinic.ts';

type Parts = { readonly sleptMs?: number; readonly execution?: object; readonly suppressed?: readonly string[] };

/** What the gates say of somebody whose call is scheduled a day ahead, on a machine that slept since the run began. */
function decide({ sleptMs = 0, execution = {}, suppressed = [] }: Parts, heldBack: () => void = () => undefined) {
  const clock = virtualClock(startMs);
  const { context } = runOf();
  const { calls } = context.account;
  const scheduled = {
    ...context,
    campaign: {
      ...context.campaign,
      address: { campaign: 'clinic-reminders', environment: 'prod' },
      definitionDigest: 'definition-1',
      execution: { ...context.campaign.execution, batchSize: 1, windows: 'always', ...execution },
    },
    account: { ...context.account, calls: { ...calls, scheduledMs: () => startMs + 24 * hour } },
    accountKey: 'intron',
    suppression: new Set(suppressed),
    random: { hex: () => 'd1' },
    time: engineClock(clock),
  } as unknown as RunContext;
  // Its monotonic clock stood still meanwhile.
  const time = { ...scheduled.time, wall: () => startMs + sleptMs };
  return grants({ ...scheduled, time }, 1, heldBack)(candidate(), emptyTally);
}

function intended(sleptMs: number): unknown {
  const decision = decide({ sleptMs });
  return decision.kind === 'grant' ? decision.event : decision;
}

test('a spent budget holds back who may be called, and nobody else', () => {
  const execution = { budget: { calls: 0 } };
  const heldBack = vi.fn<() => void>();
  expect(decide({ execution, suppressed: [candidate().phone] }, heldBack)).toMatchObject({ kind: 'skip' });
  expect(heldBack).not.toHaveBeenCalled();
  expect(decide({ execution }, heldBack)).toEqual({ kind: 'stop' });
  expect(heldBack).toHaveBeenCalledOnce();
});

test('an intent says when its call is scheduled by the wall clock, so that caps and people count right', () => {
  expect(intended(0)).toMatchObject({ kind: 'intended', scheduledMs: startMs + 24 * hour });
  expect(intended(0)).not.toHaveProperty('scheduledEngineMs');
  expect(intended(3 * hour)).toMatchObject({
    kind: 'intended',
    scheduledMs: startMs + 24 * hour,
    scheduledEngineMs: startMs + 21 * hour,
  });
});

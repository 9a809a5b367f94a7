/** Parts of a run of a clinic's reminders, for tests that need a few of them. */
import type { Admitted } from '../../src/model/candidate.ts';
import type { Attempt } from '../../src/model/attempt.ts';
import type { Sighting } from '../../src/model/sighting.ts';
import type { Page, Pull } from '../../src/providers/contract.ts';
import type { Remote } from '../../src/remote/remote.ts';
import { engineClock } from '../../src/run/engine-clock.ts';
import type { RunContext } from '../../src/run/context.ts';
import { virtualClock, type VirtualClock } from '../../src/system/virtual-clock.ts';
import { amaka, attempt, policy, startMs } from '../ledger/clinic.ts';
import { accountAt, baseUrl } from '../remote/clinic.ts';

export type Parts = {
  readonly clock?: VirtualClock;
  readonly remote?: Partial<Remote>;
  readonly isLeaseValid?: () => boolean;
  readonly leave?: AbortSignal;
  /** What the look-up's listing shows, or why it cannot. */
  readonly listing?: () => Promise<{ readonly items: readonly Sighting[]; readonly complete: boolean }>;
  /** The wave has seen that references come back. */
  readonly echo?: boolean;
  /** References that the ledger binds call ids to. */
  readonly bound?: ReadonlyMap<string, string>;
  /** Batch ids that the ledger knows dispatches by. */
  readonly batches?: ReadonlyMap<string, string>;
};

export type PartialRun = {
  readonly context: RunContext;
  readonly clock: VirtualClock;
  /** What the wave was told to remember. */
  readonly saved: readonly object[];
};

export function runOf(parts: Parts = {}): PartialRun {
  const clock = parts.clock ?? virtualClock(startMs);
  const account = accountAt(baseUrl);
  const saved: object[] = [];
  const find = (): readonly Pull<Sighting>[] => [nothing];
  const context = {
    campaign: { variables: { clinic: 'Garki Hospital', patient_name: 'nobody' }, execution: policy },
    account: { ...account, calls: { ...account.calls, lookUp: { ...account.calls.lookUp, find } } },
    remote: { pull: parts.listing, ...parts.remote },
    store: {
      wave: () => Promise.resolve({ waveId: 1, echo: parts.echo ?? false }),
      saveWave: (_scope: unknown, change: object) => Promise.resolve(void saved.push(change)),
      batchOf: (_waveId: number, { dispatch }: Attempt) => Promise.resolve(parts.batches?.get(dispatch)),
      boundTo: ({ callId }: Sighting) => Promise.resolve(parts.bound?.get(callId ?? '')),
    },
    scope: { address: 'clinic-reminders/prod', wave: '2026-11-24', waveId: 1, fence: 1 },
    lease: { isValid: parts.isLeaseValid ?? (() => true) },
    live: { id: 'wf_1', fields: { message: 'Hello [patient_name], this is [clinic]', workflow_type: 'ROBOCALL' } },
    secretMembers: ['headers'],
    sent: ['clinic', 'patient_name'],
    clock,
    time: engineClock(clock),
    signals: { leave: parts.leave ?? new AbortController().signal },
  };
  return { context: context as unknown as RunContext, clock, saved };
}

const nothing: Pull<Sighting> = {
  what: 'calls',
  request: () => ({ method: 'GET', url: `${baseUrl}/calls` }),
  answer: (): Page<Sighting> => ({ items: [], ids: [] }),
};

/** One who is to be called now. */
export function admitted(change: Partial<Attempt> = {}, rest: Partial<Admitted> = {}): Admitted {
  return {
    attempt: attempt({ intentMs: startMs, ...change }),
    row: { appointment_id: 'A-100', first_name: 'Amaka', mobile: amaka },
    variables: { patient_name: 'Amaka Okonkwo' },
    call: { tts_voice_accent: 'pidgin' },
    alone: false,
    ...rest,
  };
}

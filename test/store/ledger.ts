/** A wave of a clinic's reminders in a store, and what happens to it: the builder of the store's tests. */
import { advance } from '../../src/ledger/advance.ts';
import type { Policy } from '../../src/ledger/advance.ts';
import { gate } from '../../src/ledger/gate.ts';
import { tallyingOf } from '../../src/ledger/tallying.ts';
import type { Admitted, Candidate } from '../../src/model/candidate.ts';
import type { Attempt, AttemptEvent } from '../../src/model/attempt.ts';
import type { Sighting } from '../../src/model/sighting.ts';
import type { E164, Recipient } from '../../src/model/recipient.ts';
import { printReference, recipientTag, waveTag } from '../../src/model/reference.ts';
import type { ResultRow, ResultWithInputs } from '../../src/model/wave.ts';
import type { GrantDecision, Tallying } from '../../src/store/contract/admission.ts';
import type { Comparison } from '../../src/store/contract/enrolment.ts';
import type { Holder, Scope } from '../../src/store/contract/lease.ts';
import type { Store } from '../../src/store/contract/store.ts';
import { rowZones } from '../../src/recipients/number-zones.ts';

export const holder: Holder = { hostname: 'reception', pid: 1, started: 'monday', command: 'run' };

/** One retry after no answer, none otherwise. */
const policy: Policy = {
  attempts: { max: 2, retry: { no_answer: [60_000] } },
  followUp: { everyMs: 15_000, forMs: 7_200_000 },
  lookUp: { settleMs: 300_000 },
};

/** Counts as a campaign without canary and stop_when does. */
export const tallying: Tallying = tallyingOf({}, () => 1_000_000);

/** A patient with an appointment; the id's number makes the phone. */
export function patient(id: number, change: Partial<Recipient> & { readonly number?: number } = {}): Recipient {
  const { number = id, ...rest } = change;
  const key = `appointment-${String(id)}`;
  return {
    key,
    phone: phoneOf(number),
    zone: 'Africa/Lagos',
    row: { appointment_id: key, first_name: 'Adaeze' },
    variables: { patient_name: 'Adaeze' },
    call: { tts_voice_accent: 'pidgin' },
    source: { source: 'recipients.csv', line: id + 1 },
    suppressed: false,
    ...rest,
  };
}

export function phoneOf(number: number): E164 {
  return `+23480${String(number).padStart(8, '0')}` as E164;
}

/** Rows as they come from a file: in batches. */
export async function* listOf(...recipients: readonly Recipient[]): AsyncIterable<readonly Recipient[]> {
  for (let from = 0; from < recipients.length; from += 3) yield recipients.slice(from, from + 3);
}

export type LedgerOptions = {
  readonly campaign?: string;
  readonly wave?: string;
  readonly callEach?: boolean;
  readonly holder?: Holder;
};

/** One wave under a lease. Each act takes one second of the ledger's clock. */
export class Ledger {
  readonly store: Store;
  readonly scope: Scope;
  readonly #campaign: string;
  readonly #callEach: boolean;
  nowMs: number = 1_000_000;

  static async open(store: Store, options: LedgerOptions = {}): Promise<Ledger> {
    const { campaign = 'clinic-reminders', wave = '2026-11-24' } = options;
    const address = `${campaign}/prod`;
    const lease = await store.acquire(address, options.holder ?? holder, 1);
    if (lease.kind !== 'held') throw new Error(`${address} is held`);
    return new Ledger(store, await store.openWave(address, wave, lease.fence, 1), campaign, options.callEach ?? false);
  }

  private constructor(store: Store, scope: Scope, campaign: string, callEach: boolean) {
    this.store = store;
    this.scope = scope;
    this.#campaign = campaign;
    this.#callEach = callEach;
  }

  get address(): { readonly campaign: string; readonly environment: string } {
    return { campaign: this.#campaign, environment: 'prod' };
  }

  get enrolOptions(): { readonly callEach: boolean; readonly tagOf: (key: string) => string } {
    return { callEach: this.#callEach, tagOf: (key) => this.tagOf(key) };
  }

  tagOf(key: string): string {
    return recipientTag(this.address, this.scope.wave, key);
  }

  enrol(...recipients: readonly Recipient[]): Promise<Comparison> {
    return this.store.enrol(this.scope, listOf(...recipients), { ...this.enrolOptions, nowMs: this.tick() });
  }

  compare(...recipients: readonly Recipient[]): Promise<Comparison> {
    return this.store.compare(this.scope.waveId, listOf(...recipients), this.enrolOptions);
  }

  /** Admits everybody who is due and whom the engine's own gate lets pass. */
  async admit(
    options: {
      readonly max?: number;
      readonly person?: NonNullable<Parameters<Store['admit']>[1]['person']>;
      readonly earlier?: boolean;
      readonly grant?: (candidate: Candidate) => GrantDecision;
    } = {},
  ): Promise<readonly Admitted[]> {
    const nowMs = this.tick();
    const { max = 100, grant = (candidate: Candidate) => this.grant(candidate), ...asked } = options;
    const { admitted } = await this.store.admit(this.scope, { ...asked, nowMs, max, grant, tallying });
    return admitted;
  }

  grant(candidate: Candidate): GrantDecision {
    const gates = {
      windows: 'always',
      zonesOf: rowZones,
      openingAfter: (_: unknown, fromMs: number) => fromMs,
      isSuppressed: () => false,
    } as const;
    const judged = gate(candidate, gates, this.nowMs);
    return judged.kind === 'open' ? this.granted(candidate) : judged;
  }

  granted(candidate: Pick<Candidate, 'key' | 'n'>): GrantDecision {
    const wave = waveTag(this.address, this.scope.wave);
    return {
      kind: 'grant',
      reference: printReference({ wave, recipient: this.tagOf(candidate.key), n: candidate.n }),
      event: {
        kind: 'intended',
        dispatch: `dispatch-${String(this.nowMs)}`,
        resourceId: 'workflow-1',
        account: 'intron https://api.example',
        definition: 'definition-1',
      },
    };
  }

  /** Writes what the engine makes of the event; answers the attempt as it then is, undefined where the write lost. */
  async happens(attempt: Attempt, event: AttemptEvent, engineMs?: number): Promise<Attempt | undefined> {
    const [happened] = await this.happenTogether([[attempt, event]], engineMs);
    return happened;
  }

  /** The same of several attempts in one commit; answers those that did not lose. */
  async happenTogether(
    events: readonly (readonly [Attempt, AttemptEvent])[],
    engineMs?: number,
  ): Promise<readonly Attempt[]> {
    const wallMs = this.tick();
    const nowMs = engineMs ?? wallMs;
    const moment = { nowMs, wallMs, jitter: 0.5, voidWaitMs: 1_000 };
    const steps = events.map(([attempt, event]) => advance(attempt, event, policy, moment));
    const { lost } = await this.store.record(this.scope, steps, { nowMs, wallMs, tallying });
    const written = steps.filter((step) => !lost.includes(step));
    return written.map(({ attempt, state }) => ({ ...attempt, version: attempt.version + 1, state }));
  }

  /** Takes calls into the ledger that only the provider knows of; it had said how many it lacks. */
  async import(
    ...calls: readonly (Partial<Sighting> & { readonly id: number; readonly n: number })[]
  ): Promise<number> {
    const found = calls.map(({ id, n, ...sighting }) => ({
      recipientTag: this.tagOf(patient(id).key),
      n,
      sighting: { phone: phoneOf(id), callId: `call-${String(id)}-${String(n)}`, ...sighting },
    }));
    const lacking = await this.store.countLacking(this.scope.waveId, found);
    const nowMs = this.tick();
    const imported = await this.store.importCalls(this.scope, found, {
      resourceId: 'workflow-1',
      account: 'intron https://api.example',
      definition: 'definition-1',
      address: { waveTag: waveTag(this.address, this.scope.wave) },
      nowMs,
      dueMs: nowMs,
      tallying,
    });
    if (imported !== lacking) throw new Error(`${String(lacking)} were lacking, ${String(imported)} were imported`);
    return imported;
  }

  async results(): Promise<readonly ResultWithInputs[]> {
    const rows: ResultWithInputs[] = [];
    for await (const page of this.store.resultsWithInputs(this.scope.waveId)) rows.push(...page);
    return rows;
  }

  /** Where everybody stands, by the number of their key: `pending new`, `done answered`, `skipped removed` ... */
  async standings(): Promise<Readonly<Record<string, string>>> {
    const rows = await this.results();
    return Object.fromEntries(rows.map((row) => [row.key.replace('appointment-', ''), wordOf(row)]));
  }

  tick(ms = 1_000): number {
    this.nowMs += ms;
    return this.nowMs;
  }
}

function wordOf({ standing, attempts }: ResultRow): string {
  const last = attempts.at(-1);
  switch (standing.kind) {
    case 'pending':
      return `pending ${standing.why}${standing.n > 1 ? ` ${String(standing.n)}` : ''}`;
    case 'skipped':
      return `skipped ${standing.reason}`;
    case 'open':
      return last?.state.kind ?? 'open';
    case 'done':
      return last?.state.kind === 'ended' ? `done ${last.state.outcome}` : 'done';
    case 'rejected':
    case 'unresolved':
      return standing.kind;
  }
}

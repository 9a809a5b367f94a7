/**
 * The store: bindings, applied fields, leases and the ledger of waves. Decisions come in as pure functions
 * (`grant`, the steps of `advance`) and run inside its transactions; the store performs and never decides.
 * Every write that carries a Scope checks its fence in the same transaction and throws LeaseLost otherwise.
 * A full disk or a failed sync throws StoreFailure; nothing is half written.
 */
import type { EngineMs, WallMs } from '../../model/time.ts';
import type { Attempt, Step } from '../../model/attempt.ts';
import type { Candidate } from '../../model/candidate.ts';
import type { Sighting } from '../../model/sighting.ts';
import type { Cap } from '../../model/cap.ts';
import type { OptOutNote } from '../../model/opt-out.ts';
import type { E164, Recipient } from '../../model/recipient.ts';
import type { Stop } from '../../model/stop.ts';
import type { Tally } from '../../model/tally.ts';
import type { Trip } from '../../model/trip.ts';
import type { RunRecord, WaveParent } from '../../model/wave.ts';
import type { Admission, GrantDecision, SlotAge, Tallying } from './admission.ts';
import type { Binding, CreateIntent, Renamed, Renaming } from './binding.ts';
import type { Comparison, EnrolOptions, KnownList } from './enrolment.ts';
import type { Holder, Lease, Scope } from './lease.ts';
import type { ReadStore } from './read-store.ts';
import type { FoundCall, Stopping } from './wave-state.ts';

/** A store that may be written to. */
export interface Store extends ReadStore {
  readonly acquire: (address: string, holder: Holder, nowMs: number) => Promise<Lease>;
  /** Takes over a lease that a contender watched stand still, if fence and beat are still those. */
  readonly takeOver: (
    address: string,
    holder: Holder,
    seen: { readonly fence: number; readonly beat: number },
    nowMs: number,
  ) => Promise<Lease>;
  /** False when the lease is no longer ours. */
  readonly beat: (address: string, fence: number, nowMs: number) => Promise<boolean>;
  readonly release: (address: string, fence: number) => Promise<void>;

  readonly intendCreate: (intent: CreateIntent, fence: number) => Promise<void>;
  /** The address is being taken over from another store: until that has ended, this one does not know whom the other called. */
  readonly beginTakeOver: (address: string, fence: number) => Promise<void>;
  readonly endTakeOver: (scope: Scope) => Promise<void>;
  /** Records binding and applied fields, clears a create intent, remembers the file. */
  readonly bind: (binding: Binding, file: string, fence: number, atMs: number) => Promise<void>;
  readonly forgetCreateIntent: (address: string, fence: number) => Promise<void>;

  /**
   * Moves binding, waves and recipients of an address to another that the store knows nothing of, all or nothing. Attempts keep
   * the references that were sent.
   */
  readonly rename: (renaming: Renaming) => Promise<Renamed>;
  /** What a new wave repeats is remembered for good. */
  readonly openWave: (
    address: string,
    wave: string,
    fence: number,
    nowMs: number,
    parent?: WaveParent,
  ) => Promise<Scope>;
  /**
   * Makes the wave's recipients match the rows: new ones pending, known ones refreshed until their first intent
   * (`call` always), suppressed ones skipped, those no longer listed and not yet called `removed`; a skipped one that is
   * listed and not suppressed any more is pending again. A row means the recipient called under its tag, else (not callEach) one
   * with an attempt not voided at its phone, else the one with its tag. One transaction at the end, so a crash in the middle
   * changes nothing. Gates that let somebody wait are asked again: the file may say otherwise now.
   */
  readonly enrol: (
    scope: Scope,
    rows: AsyncIterable<readonly Recipient[]>,
    options: EnrolOptions & {
      /** When the new ones enter the wave. */
      readonly nowMs: WallMs;
    },
  ) => Promise<Comparison>;
  /** `enrol` for the rows of the list with this fingerprint, without them. False where it is not known: nothing happened. */
  readonly enrolKnown: (scope: Scope, fingerprint: string) => Promise<boolean>;
  /** Names the list that was enrolled last, so that it is known when it is given again. */
  readonly nameList: (scope: Scope, list: KnownList) => Promise<void>;
  /**
   * Adds calls found at the provider that the ledger lacks, as accepted attempts; a voided one that was called all the same
   * counts as lacking. They are facts: they may be open beside another attempt for their phone, which is busy until the last
   * of them is over. A recipient stands where its highest attempt puts it. One whose key no list has named yet has its tag for
   * a key, and no inputs: `enrol` fills them in; until then it is not retried but `skipped` as `removed`. Answers how many
   * were new.
   */
  readonly importCalls: (
    scope: Scope,
    found: readonly FoundCall[],
    context: {
      readonly resourceId: string;
      readonly account: string;
      readonly definition: string;
      readonly address: { readonly waveTag: string };
      readonly nowMs: EngineMs;
      readonly dueMs: EngineMs;
      readonly tallying: Tallying;
    },
  ) => Promise<number>;
  /**
   * The group commit: asks `grant` for each pending recipient that is due, in due and list order, inserts the intents,
   * writes the waits, in one transaction. Nobody of a wave that is stopped, or that its tally
   * stops by now, is admitted. `person` bounds Candidate.personCallsMs. At most 5,000 are asked about at once.
   * @throws InternalError when a call is granted to a busy phone, or under a number that was used and not voided
   */
  readonly admit: (
    scope: Scope,
    options: {
      readonly nowMs: WallMs;
      /** Intents to insert at most. */
      readonly max: number;
      /** And no more than leave so many slots held, counted as `slots` does. Left out: no such bound. */
      readonly slots?: { readonly most: number; readonly age: SlotAge };
      /** One for each cap on calls to a person. */
      readonly person?: readonly { readonly calls: number; readonly sinceMs: number; readonly in: Cap['in'] }[];
      /** Whether Candidate.earlierMs is filled in. Default: no. */
      readonly earlier?: boolean;
      /** The tally counts those that were granted before in the same admission. */
      readonly grant: (candidate: Candidate, tally: Tally) => GrantDecision;
      readonly tallying: Tallying;
    },
  ) => Promise<Admission>;
  /** Whoever waits for a retry until later than that waits until then: the clock was ahead when the wait was written. */
  readonly bringForward: (scope: Scope, latestMs: WallMs) => Promise<void>;
  /** Attempts that hold a slot, in all waves of the address but test calls: intents, in doubt, and accepted ones that are young enough. */
  readonly slots: (scope: Scope, age: SlotAge) => Promise<number>;
  /** Start times (epoch ms, oldest first) of the last `count` intents in all waves of the address but test calls. */
  readonly lastStarts: (scope: Scope, count: number) => Promise<readonly number[]>;
  /** Open attempts whose due time has come, oldest first. */
  readonly due: (
    scope: Scope,
    options: {
      readonly kinds: readonly ('accepted' | 'in_doubt')[];
      readonly nowMs: EngineMs;
      readonly max: number;
      /** Ids of attempts that are left out. @default none */
      readonly except?: readonly number[];
    },
  ) => Promise<readonly Attempt[]>;
  /** Only moves due times (after a poll that brought nothing new), counting a poll. */
  readonly postpone: (
    scope: Scope,
    attempts: readonly { readonly attempt: Attempt; readonly dueMs: EngineMs }[],
  ) => Promise<void>;
  /**
   * All steps in one transaction, each compare-and-set on the attempt's version. Answers those that lost, and where the wave
   * stands then: one that tripped before stays so. An end with `optOut` puts the number on the list of opt-outs in the same
   * transaction, as importing such a call does. Events keep `nowMs`; people are told by `wallMs` when a
   * call was over.
   */
  readonly record: (
    scope: Scope,
    steps: readonly Step[],
    options: { readonly nowMs: EngineMs; readonly wallMs: WallMs; readonly tallying: Tallying },
  ) => Promise<{ readonly lost: readonly Step[]; readonly tally: Tally; readonly tripped?: Trip }>;
  /**
   * Puts on the list of opt-outs whoever asked for it, as the provider tells it now, in a call of the address that the ledger
   * has, be it over. What was known is left alone, and what a person took back since the call was over.
   */
  readonly heedOptOuts: (scope: Scope, calls: readonly Sighting[], nowMs: WallMs) => Promise<void>;
  readonly saveWave: (
    scope: Scope,
    change: { readonly tripped?: Trip | null; readonly tally?: Tally; readonly echo?: boolean },
  ) => Promise<void>;
  readonly recordRun: (scope: Scope, run: RunRecord) => Promise<void>;
  /**
   * A person's word, without the lease: from its commit on no intent of the wave is written. `null` lifts a pause. What is
   * cancelled stays so: everybody who is pending, and who would be from now on, is skipped as `cancelled`.
   */
  readonly stopWave: (waveId: number, stop: Stop | null) => Promise<Stopping>;
  /** No campaign of the store calls these numbers from its next admission on. Answers those that were not on the list. */
  readonly addOptOuts: (phones: readonly E164[], note: OptOutNote) => Promise<readonly E164[]>;
  /** They may be called again; that they were on the list stays on record. Answers those that were on it. */
  readonly removeOptOuts: (phones: readonly E164[], note: OptOutNote) => Promise<readonly E164[]>;
}

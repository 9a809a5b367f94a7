/**
 * The store: bindings, applied fields, leases and the ledger of waves. Decisions come in as pure functions
 * (`grant`, the steps of `advance`) and run inside its transactions; the store performs and never decides.
 * Every write that carries a Scope checks its fence in the same transaction and throws LeaseLost otherwise.
 * A full disk or a failed sync throws StoreFailure; nothing is half written.
 */
import type {
  Admitted,
  Attempt,
  AttemptEvent,
  Candidate,
  Handle,
  Sighting,
  SkipReason,
  Step,
  Wait,
} from '../model/attempt.ts';
import type { Cap } from '../model/campaign.ts';
import type { Change, Tally } from '../model/tally.ts';
import type { Trip } from '../model/trip.ts';
import type { Fields } from '../model/value.ts';
import type {
  Counts,
  FrozenRecipient,
  Only,
  RecipientHistory,
  ResultRow,
  RunRecord,
  Unfinished,
  WaitGroup,
  WaveParent,
} from '../model/wave.ts';
import type { OptOut, OptOutNote } from '../model/opt-out.ts';
import type { E164, Recipient } from '../model/recipient.ts';
import type { ToldList } from '../model/told-list.ts';
import type { Stop } from '../model/stop.ts';

export type StoreFailureKind =
  | 'held'
  | 'newer'
  | 'older'
  | 'not_a_store'
  | 'disk_full'
  | 'read_only'
  | 'unreadable'
  | 'failed';

/** The store cannot be used or went wrong; dialling stops at once. */
export class StoreFailure extends Error {
  readonly kind: StoreFailureKind;
  readonly path: string;
  constructor(kind: StoreFailureKind, path: string, cause?: unknown) {
    super(`${kind}: ${path}`, { cause });
    this.name = 'StoreFailure';
    this.kind = kind;
    this.path = path;
  }
}

/** Another process took the address over; this one must not write or send any more. */
export class LeaseLost extends Error {
  constructor(address: string) {
    super(`the lease of ${address} was taken over`);
    this.name = 'LeaseLost';
  }
}

/** What the store remembers of an address's resource. */
export type Binding = {
  readonly address: string;
  readonly resourceId: string;
  /** Canonical JSON of provider type and options: which account it lives in. */
  readonly account: string;
  /** Declared fields as last applied, wire form; undefined where only an id is used. */
  readonly applied?: Fields;
};

/** A create that may have happened: durable before the request. */
export type CreateIntent = { readonly address: string; readonly account: string; readonly atMs: number };

export type Holder = {
  readonly hostname: string;
  readonly pid: number;
  /** Host.started of the holder. */
  readonly started: string;
  readonly command: string;
};

/** Who has an address: `beat` goes up with each heartbeat, so that others can watch it stand still. */
export type Holding = { readonly holder: Holder; readonly fence: number; readonly beat: number };

export type Lease = { readonly kind: 'held'; readonly fence: number } | ({ readonly kind: 'busy' } & Holding);

/** One wave of one address under one lease. */
export type Scope = {
  readonly address: string;
  readonly wave: string;
  readonly waveId: number;
  readonly fence: number;
};

/** What a wave remembers beyond its recipients. */
export type WaveState = {
  readonly waveId: number;
  /** Set once a canary, a breaker or a budget stopped it; nobody is called until `resume`. */
  readonly tripped?: Trip;
  /** Set once a person paused or cancelled the wave. */
  readonly stopped?: Stop;
  readonly tally: Tally;
  /** A sighting with a reference of ours was seen: a call without one is not ours. */
  readonly echo: boolean;
  /** Epoch ms of the newest event. */
  readonly lastEventMs?: number;
  /** What it repeats; left out: its recipients come from the campaign's file. */
  readonly parent?: WaveParent;
};

/** What came of a person's word about a wave. */
export type Stopping = {
  /** What stopped the wave until then. */
  readonly was: Stop | undefined;
  /** Pending recipients who are not called any more, as the wave is cancelled. */
  readonly skipped: number;
};

/** What came of asking who may be called. */
export type Admission = {
  readonly admitted: readonly Admitted[];
  /** More candidates are due now. */
  readonly more: boolean;
  readonly tally: Tally;
  /** A person stopped the wave: nobody was asked about. */
  readonly stopped?: Stop;
  /** The wave stopped itself: nobody was asked about. */
  readonly tripped?: Trip;
};

/** How the rows of a file compare with the ledger. */
export type Comparison = {
  /** Not yet known to the wave. */
  readonly fresh: number;
  /** Called in this wave already. */
  readonly called: number;
  /** Of those called: how many rows have other values now. */
  readonly changed: number;
  /** Known to the wave, not yet called (fresh recipients of an earlier run). */
  readonly pending: number;
  /**
   * Not called yet, and certainly not to be, by reason; in none of the other counts. Who opted out is so whatever else is
   * against a call. Left out where there are none.
   */
  readonly skips?: Readonly<Partial<Record<SkipReason, number>>>;
  readonly suppressed: number;
  /** In the ledger, waiting for a call or a retry, and no longer in the file. */
  readonly removed: number;
};

export type GrantDecision =
  | { readonly kind: 'grant'; readonly event: AttemptEvent & { readonly kind: 'intended' }; readonly reference: string }
  | {
      readonly kind: 'wait';
      readonly untilMs: number;
      readonly why: Wait;
      /** So does everybody of the same place with equal options of the call, but for times, calls and an opt-out of their own. */
      readonly shared?: boolean;
    }
  | { readonly kind: 'skip'; readonly reason: SkipReason }
  /** No slot, no token: look at nobody else now. */
  | { readonly kind: 'stop' };

/** What the ledger makes of each change to an attempt; done in the transaction that writes it. */
export type Tallying = {
  readonly count: (tally: Tally, change: Change) => Tally;
  /** Asked after each change: whether the wave calls nobody any more. */
  readonly trip: (tally: Tally) => Trip | undefined;
};

/** Accepted attempts with one status, in the provider's own words. */
export type OpenStatus = {
  readonly status: string;
  readonly calls: number;
  /** Engine time at which the oldest of them was accepted. */
  readonly sinceMs: number;
};

/** What one import of a found call needs. */
export type FoundCall = { readonly recipientTag: string; readonly n: number; readonly sighting: Sighting };

/** An address that is to go on under another name. */
export type Renaming = {
  /** Both with the fence of the lease that the caller holds. */
  readonly from: { readonly address: string; readonly fence: number };
  readonly to: { readonly address: string; readonly fence: number };
  /** The file that speaks for it from now on. */
  readonly file: string;
  /** R of a key under the new name. */
  readonly tagOf: (wave: string, key: string) => string;
};

export type Renamed =
  | { readonly kind: 'moved' }
  /** The store knows nothing of the old name. */
  | { readonly kind: 'unknown' }
  /** The new name has a record of its own. */
  | { readonly kind: 'taken' }
  /** So many recipients were found at the provider, and no list has named them yet: their tags cannot be made anew. */
  | { readonly kind: 'nameless'; readonly recipients: number };

/** A list that was enrolled, for who is given the same again. */
export type KnownList = {
  /** Equal where everybody is listed alike, and under the same rules. */
  readonly fingerprint: string;
  /** What its reader wants to know of it then. */
  readonly told: ToldList;
};

/** How a list that was enrolled before compares with the ledger, and what was told of it. */
export type KnownComparison = { readonly comparison: Comparison; readonly told: ToldList };

/** What a certain skip may depend on. */
type Timed = Pick<Recipient, 'phone' | 'zone' | 'notBeforeMs' | 'notAfterMs'> & Partial<Pick<Recipient, 'call'>>;

/** How enrolment treats rows with one phone and different ids. */
export type EnrolOptions = {
  readonly callEach: boolean;
  /** Why a recipient who was not called yet certainly will not be: counted apart. Default: everybody may be. */
  readonly certainSkip?: (recipient: Timed, enrolledMs?: () => number | undefined) => SkipReason | undefined;
  /** Where somebody may be called: equal for those whom the gates treat alike, but for what is their own. Default: the zone. */
  readonly placeOf?: (recipient: Recipient) => string;
  /** R of a key, for imported calls whose key nobody knew. */
  readonly tagOf: (key: string) => string;
};

/** Which recipients of a wave are asked for, to call them again. */
export type FrozenChoice = {
  /** `rejected` means those whom the provider refused, too; `skipped` not those who were taken off the list. */
  readonly only: readonly Only[];
  /** Waves that repeat the same one, and R of a key in each. */
  readonly others: readonly {
    readonly wave: string;
    readonly waveId: number;
    readonly tagOf: (key: string) => string;
  }[];
};

/** Reading side: never writes, used by plan, status, validate, preview. */
export interface ReadStore {
  /** First 8 hex digits of the store's own random id. */
  readonly id: string;
  readonly path: string;
  readonly close: () => Promise<void>;
  readonly binding: (address: string) => Promise<Binding | undefined>;
  readonly createIntent: (address: string) => Promise<CreateIntent | undefined>;
  /** The address that this file (repository-relative path) last spoke for. */
  readonly addressesOf: (file: string) => Promise<readonly string[]>;
  /** All addresses that the store has a binding or a wave of, in order. */
  readonly addresses: () => Promise<readonly string[]>;
  /** The name that `rename` moved the address from. */
  readonly formerly: (address: string) => Promise<string | undefined>;
  /** What each wave of the address remembers, in the order of their opening; counts nothing. */
  readonly waveStates: (address: string) => Promise<readonly { readonly wave: string; readonly state: WaveState }[]>;
  readonly waves: (
    address: string,
  ) => Promise<readonly { readonly wave: string; readonly state: WaveState; readonly counts: Counts }[]>;
  readonly wave: (address: string, wave: string) => Promise<WaveState | undefined>;
  /** Epoch ms of the newest ledger event of the address, over all waves but test calls. */
  readonly lastEventMs: (address: string) => Promise<number | undefined>;
  /** Compares rows with the ledger without writing to it; `waveId` undefined: no such wave yet. */
  readonly compare: (
    waveId: number | undefined,
    rows: AsyncIterable<readonly Recipient[]>,
    options: EnrolOptions,
  ) => Promise<Comparison>;
  /**
   * `compare` for the rows of the list with this fingerprint, without them. Undefined where it is not what the wave's recipients
   * were made to match last, or where something came between that only the rows can tell.
   */
  readonly compareKnown: (
    waveId: number,
    fingerprint: string,
    options: Pick<EnrolOptions, 'certainSkip'> & { readonly nowMs: number },
  ) => Promise<KnownComparison | undefined>;
  /**
   * `states` calls an open recipient after its attempt; `outcomes` and `replies` are of those who are done; voided attempts do
   * not count. With `nowMs` a wait for a gate that is over by then is told as `new`.
   */
  readonly counts: (waveId: number, nowMs?: number) => Promise<Counts>;
  /** In list order, in pages; flat memory. */
  readonly results: (waveId: number) => AsyncIterable<ResultRow>;
  /** Those chosen of a wave, with what is frozen of each, in list order and in pages; flat memory. */
  readonly frozen: (waveId: number, choice: FrozenChoice) => AsyncIterable<readonly FrozenRecipient[]>;
  readonly openAttempts: (
    waveId: number,
    kinds: readonly ('intent' | 'accepted' | 'in_doubt' | 'unresolved')[],
  ) => Promise<readonly Attempt[]>;
  /** Accepted attempts of the wave that the provider knows by one of these batches or calls. */
  readonly acceptedAs: (waveId: number, handles: readonly Handle[]) => Promise<readonly Attempt[]>;
  /** How the accepted attempts of the wave stand in the provider's words, the most common first. */
  readonly openStatuses: (waveId: number) => Promise<readonly OpenStatus[]>;
  /** Names of the columns that the wave's rows have, those of the first rows first. */
  readonly columns: (waveId: number) => Promise<readonly string[]>;
  /** What the recipients of the wave without a final state wait for, the most common first; nobody is in two of them. */
  readonly waitGroups: (waveId: number) => Promise<readonly WaitGroup[]>;
  /** At most so many of those who are pending or under way, in list order. */
  readonly unfinished: (waveId: number, most: number) => Promise<readonly Unfinished[]>;
  /** The recipients with this key or this number in all waves of the address, in the order of the waves. */
  readonly history: (
    address: string,
    who: { readonly key: string; readonly phone?: string },
  ) => Promise<readonly RecipientHistory[]>;
  /** Who holds the lease, if any, and how often it was heard of. */
  readonly holding: (address: string) => Promise<Holding | undefined>;
  readonly runs: (waveId: number) => Promise<readonly RunRecord[]>;
  /** Key for the HMAC of recipients in manifests, hex. */
  readonly manifestKey: () => Promise<string>;
  /**
   * The reference of the attempt, of any address, whose handle has the sighting's call id, else its batch id. The number must
   * be the same as well, however it is written: two accounts may count their calls alike. One that cannot be read is taken for
   * the same beside a call id only; one that may be that of two attempts binds neither.
   */
  readonly boundTo: (sighting: Pick<Sighting, 'batchId' | 'callId' | 'phone'>) => Promise<string | undefined>;
  /** The batch id that some attempt of the same dispatch is known by: the provider has the whole of it then. */
  readonly batchOf: (waveId: number, attempt: Pick<Attempt, 'dispatch' | 'intentMs'>) => Promise<string | undefined>;
  /**
   * Addresses whose open calls are all that the pending recipients of the wave wait for; none where somebody waits for
   * anything else.
   */
  readonly waitsFor: (waveId: number) => Promise<readonly string[]>;
  /** When the earliest pending recipient or open attempt is due, epoch ms; with `afterMs` of those due later than that. */
  readonly nextDueMs: (
    waveId: number,
    kinds: readonly ('pending' | 'open')[],
    afterMs?: number,
  ) => Promise<number | undefined>;
  /** How many of these calls the ledger lacks, or holds as voided: those that `importCalls` would add. */
  readonly countLacking: (waveId: number, found: readonly FoundCall[]) => Promise<number>;
  /**
   * Which of these numbers, as a provider shows them, may be of recipients of the wave that have no attempt yet; one that
   * cannot be read may be anybody's. For the refusal of unreferenced calls.
   */
  readonly uncalledAmong: (waveId: number, shown: readonly string[]) => Promise<ReadonlySet<string>>;
  /** All numbers that are not to be called, and those taken off that list, in the order in which they were added. */
  readonly optOuts: () => Promise<readonly OptOut[]>;
  /** Whether the number is on the list now. */
  readonly isOptedOut: (phone: E164) => Promise<boolean>;
}

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
    options: EnrolOptions & { readonly nowMs: number },
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
      readonly nowMs: number;
      readonly dueMs: number;
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
      readonly nowMs: number;
      /** Intents to insert at most. */
      readonly max: number;
      /** And no more than leave so many slots held, counted as `slots` does. Left out: no such bound. */
      readonly slots?: { readonly most: number; readonly acceptedSinceMs: number };
      /** One for each cap on calls to a person. */
      readonly person?: readonly { readonly calls: number; readonly sinceMs: number; readonly in: Cap['in'] }[];
      /** Whether Candidate.earlierMs is filled in. Default: no. */
      readonly earlier?: boolean;
      /** The tally counts those that were granted before in the same admission. */
      readonly grant: (candidate: Candidate, tally: Tally) => GrantDecision;
      readonly tallying: Tallying;
    },
  ) => Promise<Admission>;
  /** Attempts that hold a slot: intents, in doubt, and accepted ones younger than `acceptedSinceMs`. */
  readonly slots: (scope: Scope, acceptedSinceMs: number) => Promise<number>;
  /** Start times (epoch ms, oldest first) of the wave's last `count` intents. */
  readonly lastStarts: (scope: Scope, count: number) => Promise<readonly number[]>;
  /** Open attempts whose due time has come, oldest first. */
  readonly due: (
    scope: Scope,
    options: { readonly kinds: readonly ('accepted' | 'in_doubt')[]; readonly nowMs: number; readonly max: number },
  ) => Promise<readonly Attempt[]>;
  /** Only moves due times (after a poll that brought nothing new), counting a poll. */
  readonly postpone: (
    scope: Scope,
    attempts: readonly { readonly attempt: Attempt; readonly dueMs: number }[],
  ) => Promise<void>;
  /**
   * All steps in one transaction, each compare-and-set on the attempt's version. Answers those that lost, and where the wave
   * stands then: one that tripped before stays so. An end with `optOut` puts the number on the list of opt-outs in the same
   * transaction, as importing such a call does.
   */
  readonly record: (
    scope: Scope,
    steps: readonly Step[],
    options: { readonly nowMs: number; readonly tallying: Tallying },
  ) => Promise<{ readonly lost: readonly Step[]; readonly tally: Tally; readonly tripped?: Trip }>;
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

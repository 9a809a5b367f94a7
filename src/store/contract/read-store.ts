import type { Attempt, Handle } from '../../model/attempt.ts';
import type { Sighting } from '../../model/sighting.ts';
import type { OptOut } from '../../model/opt-out.ts';
import type { E164, Recipient } from '../../model/recipient.ts';
import type {
  Counts,
  FrozenRecipient,
  RecipientHistory,
  ResultRow,
  ResultWithInputs,
  RunRecord,
  Unfinished,
  WaitGroup,
} from '../../model/wave.ts';
import type { Binding, CreateIntent } from './binding.ts';
import type { Comparison, EnrolOptions, KnownComparison } from './enrolment.ts';
import type { Holding } from './lease.ts';
import type { FoundCall, FrozenChoice, OpenStatus, WaveState } from './wave-state.ts';

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
  /** The names that `rename` moved the address from, the last one first. */
  readonly formerly: (address: string) => Promise<readonly string[]>;
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
  readonly results: (waveId: number) => AsyncIterable<readonly ResultRow[]>;
  /** The same with what is frozen of each: for exports. */
  readonly resultsWithInputs: (waveId: number) => AsyncIterable<readonly ResultWithInputs[]>;
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
  /** Whether a take-over of the address was begun and has not ended. */
  readonly isTakingOver: (address: string) => Promise<boolean>;
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
   * Which of these calls, unbound and without a reference, may be to recipients of the wave that are called first or again, and
   * are more than its attempts of that time account for that may have been calls; a number that cannot be read may be anybody's.
   */
  readonly unknownCalls: (waveId: number, calls: readonly Sighting[]) => Promise<readonly Sighting[]>;
  /** All numbers that are not to be called, and those taken off that list, in the order in which they were added. */
  readonly optOuts: () => Promise<readonly OptOut[]>;
  /** Whether the number is on the list now. */
  readonly isOptedOut: (phone: E164) => Promise<boolean>;
}

import type { Attempt, AttemptEvent, AttemptState, Outcome } from './attempt.ts';
import type { SkipReason, Standing, Wait } from './standing.ts';
import type { E164, Recipient } from './recipient.ts';
import type { Scalars } from './value.ts';

/** Counts of a wave; `states` sum to `recipients`. */
export type Counts = {
  readonly recipients: number;
  readonly states: Readonly<Record<string, number>>;
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
  readonly replies: Readonly<Record<string, number>>;
  readonly attempts: number;
  readonly seconds: number;
  readonly waits: Readonly<Partial<Record<Wait, number>>>;
  readonly skips: Readonly<Partial<Record<SkipReason, number>>>;
};

/** Of a wave that nobody has entered. */
export const emptyCounts: Counts = {
  recipients: 0,
  states: {},
  outcomes: {},
  replies: {},
  attempts: 0,
  seconds: 0,
  waits: {},
  skips: {},
};

/** A status of calls that nobody has said the meaning of, so that they are held for open. */
export type UnknownStatus = {
  /** The provider's word, fit to be shown. */
  readonly status: string;
  readonly calls: number;
};

/** What a recipient without a final state waits for. */
type Waiting = {
  /** An open one is named after its attempt. */
  readonly state: 'pending' | 'intent' | 'accepted' | 'in_doubt';
  /** Of pending ones. */
  readonly why?: Wait;
  /** IANA zone of the recipient: the row's, else that of the number, where it is one. */
  readonly zone?: string;
  /** When it is called or looked at next, epoch ms; it may be over. */
  readonly dueMs?: number;
};

/** Recipients that wait for the same; `dueMs` is the earliest of them. */
export type WaitGroup = Waiting & { readonly recipients: number };

/** A recipient without a final state. */
export type Unfinished = Waiting & {
  readonly key: string;
  readonly phone: E164;
  /** Number of its latest attempt; 0 for none. */
  readonly attempts: number;
  /** When that was begun, epoch ms. */
  readonly calledMs?: number;
};

/** A recipient as the ledger ends with it; one line of results. */
export type ResultRow = {
  readonly key: string;
  readonly phone: E164;
  readonly standing: Standing;
  readonly attempts: readonly {
    readonly n: number;
    readonly intentMs: number;
    readonly endedMs?: number;
    readonly state: Attempt['state'];
    readonly definition: string;
    readonly resourceId: string;
    /** Kinds of its events in order: the evidence. */
    readonly events: readonly string[];
  }[];
};

/** And what its calls are made from. */
export type ResultWithInputs = ResultRow & {
  readonly row: Readonly<Record<string, string>>;
  readonly variables: Scalars;
};

/** One recipient in one wave, with all that happened to it. */
export type RecipientHistory = {
  readonly wave: string;
  /** What that wave repeats. */
  readonly parent?: WaveParent;
  readonly key: string;
  readonly phone: E164;
  /** IANA zone of the recipient: the row's, else that of the number, where it is one. */
  readonly zone?: string;
  /** When it was first in the list of the wave, epoch ms. */
  readonly enrolledMs: number;
  readonly standing: Standing;
  /** State of its latest attempt. */
  readonly latest?: AttemptState;
  /** When that is looked at next, epoch ms. */
  readonly lookMs?: number;
  /** By attempt, in order. */
  readonly events: readonly { readonly n: number; readonly atMs: number; readonly event: AttemptEvent }[];
};

export type RunRecord = {
  readonly run: string;
  readonly startedMs: number;
  readonly endedMs?: number;
  readonly exit?: number;
  readonly definition: string;
  readonly toolVersion: string;
  /** Absolute path of the list that was named in place of the file's own. */
  readonly list?: string;
};

/** Whom a rerun calls: by how their calls ended, and those whom the wave skipped. */
export type Only = Outcome | 'skipped';

/** What a wave repeats: some recipients of another wave of its address. */
export type WaveParent = {
  readonly wave: string;
  /** The run of that wave in which something happened last. */
  readonly run: string;
  /** Sorted, none twice. */
  readonly only: readonly Only[];
};

/** A recipient of a wave with the inputs of its first attempt. */
export type FrozenRecipient = Pick<
  Recipient,
  'key' | 'phone' | 'zone' | 'notBeforeMs' | 'notAfterMs' | 'row' | 'variables'
> & {
  /** Its place in the wave's list, counted from 1. */
  readonly position: number;
  /** Found at the provider by its reference alone: no list has named it, and it has no inputs. */
  readonly isNameless: boolean;
  /** Another rerun of the wave, which has called it. */
  readonly calledBy?: string;
};

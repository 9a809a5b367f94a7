/** How campaigns stand, as data: what `status --format json` prints, described by schema/status.schema.json. */
import type { UnknownStatus, WaveParent } from '../model/wave.ts';
import type { Finding } from './finding.ts';
import type { ShownTrip } from './trip.ts';
import type { CampaignPlan } from './plan-report.ts';
import type { StopReport } from './stop-words.ts';

export type StatusReport = {
  readonly tool_version: string;
  readonly campaigns: readonly CampaignStatus[];
  readonly diagnostics: readonly Finding[];
};

export type CampaignStatus = Pick<CampaignPlan, 'address' | 'file' | 'wave' | 'provider' | 'resource'> & {
  /** Path of the store; null where there is none. */
  readonly store: string | null;
  /** Null where the wave has not begun. */
  readonly progress: WaveProgress | null;
  /** Who works on it now. */
  readonly holder: {
    readonly hostname: string;
    readonly pid: number;
    readonly command: string;
    /** When its run began, ISO 8601, UTC; null for what is no run. */
    readonly since: string | null;
  } | null;
  readonly other_waves: readonly {
    readonly wave: string;
    readonly parent: WaveParent | null;
    readonly recipients: number;
    readonly states: Readonly<Record<string, number>>;
  }[];
};

export type WaveProgress = {
  readonly recipients: number;
  /** What the wave repeats; null where its recipients came from the file. */
  readonly parent: WaveParent | null;
  readonly states: Readonly<Record<string, number>>;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly replies: Readonly<Record<string, number>>;
  readonly waits: Readonly<Record<string, number>>;
  readonly skips: Readonly<Record<string, number>>;
  readonly attempts: number;
  readonly seconds: number;
  /** When the next of them is due, ISO 8601, UTC; null where nobody is. */
  readonly next_at: string | null;
  /** How long until then; 0 for now. */
  readonly next_in_seconds: number | null;
  /** Statuses that hold calls open and that callplan does not know. */
  readonly unknown_statuses: readonly UnknownStatus[];
  /** The list that the last run was given in place of the file's own, from the working directory; null: none. */
  readonly list: string | null;
  readonly tripped: ShownTrip | null;
  /** A person's word; null while there is none. */
  readonly stopped: StopReport | null;
  /** What those without a final state wait for, the most common first. */
  readonly reasons: readonly WaitReason[];
  /** The first of them, pending or under way; with --all all of them. */
  readonly waiting: readonly WaitingPerson[];
  readonly in_doubt: readonly Person[];
  readonly unresolved: readonly Person[];
};

/** What recipients wait for. */
export type WaitReason = {
  readonly recipients: number;
  /** As in `states`. */
  readonly state: string;
  /** Of pending ones, as in `waits`. */
  readonly why: string | null;
  /** When the first of them is called or looked at, ISO 8601; null for the next run. */
  readonly until: string | null;
  /** The zone in which that is told; null without a time. */
  readonly zone: string | null;
};

/** A recipient without a final state, and what it waits for. */
export type WaitingPerson = Omit<WaitReason, 'recipients'> & {
  readonly id: string;
  /** Masked, unless --show-numbers. */
  readonly phone: string;
  /** Number of its latest attempt; 0 for none. */
  readonly attempt: number;
  /** When that was begun, ISO 8601. */
  readonly called_at: string | null;
};

/** A recipient whom somebody has to look at. */
export type Person = {
  readonly id: string;
  /** Masked, unless --show-numbers. */
  readonly phone: string;
  readonly attempt: number;
  /** When the attempt was begun, ISO 8601, UTC. */
  readonly since: string;
  readonly reason: string;
};

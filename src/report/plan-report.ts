/**
 * A plan as data: what `plan --format json` prints, described by schema/plan.schema.json, and what the text shows.
 * No time, number, name or secret is in it, and equal inputs give equal bytes.
 */
import type { StopReport } from './stop-words.ts';
import type { Citation } from '../model/policy.ts';
import type { Cause, HttpRequest, LettingGo, Shared } from '../model/plan.ts';
import type { Place } from '../model/place.ts';
import type { Bounds } from '../model/bounds.ts';
import type { Fields, Value } from '../model/value.ts';
import type { WaveParent } from '../model/wave.ts';
import type { Finding } from './finding.ts';
import type { InvalidRows, ListReport } from './validation-report.ts';

export type PlanReport = {
  readonly tool_version: string;
  readonly campaigns: readonly CampaignPlan[];
  readonly summary: PlanSummary;
  readonly diagnostics: readonly Finding[];
};

/** Counts over all campaigns. */
export type PlanSummary = {
  readonly create: number;
  readonly adopt: number;
  readonly update: number;
  readonly replace: number;
  readonly keep: number;
  readonly conflict: number;
  /** Nothing could be seen of the resource. */
  readonly unreachable: number;
  /** People that runs would call; null where no store tells who was called already. */
  readonly to_call: number | null;
  /** More objects would change than may without being acknowledged; null where that is no question. */
  readonly change_guard: { readonly changing: number; readonly of: number; readonly allowed: number | null } | null;
  /** Objects would be deleted, and not exactly so many were acknowledged; null where that is no question. */
  readonly delete_guard: { readonly deleting: number; readonly allowed: number | null } | null;
};

export type CampaignPlan = {
  readonly address: string;
  readonly file: string;
  readonly wave: string;
  /** The address whose object and record of calls move to this one. */
  readonly renamed_from: string | null;
  readonly definition: string;
  readonly provider: { readonly type: string; readonly origins: readonly string[] };
  readonly resource: ResourcePlan;
  /** Null where they could not be read. */
  readonly recipients: RecipientsPlan | null;
  readonly guards: readonly GuardPlan[];
  /** What only a person can do, as sentences. */
  readonly by_hand: readonly string[];
};

export type ResourcePlan = PlannedResource | TroubledResource;

export type PlannedResource = {
  readonly action: 'create' | 'adopt' | 'update' | 'replace' | 'keep';
  /** workflow, agent or use_case. */
  readonly noun: string;
  readonly name: string | null;
  /** Of an object that is replaced: the old one's. */
  readonly id: string | null;
  /** The id of a bound object that is gone and made anew. */
  readonly missing: string | null;
  /** False for an object that the file only names. */
  readonly managed: boolean;
  /** Digest of the live object that this was planned for. */
  readonly expects: string | null;
  readonly changes: readonly ChangeReport[];
  /** Objects that the update changes for other resources as well; left out where none is known. */
  readonly shared?: readonly Shared[];
  /** How the old object is let go of; null unless it is replaced. */
  readonly replaces: Replaces | null;
  readonly request: HttpRequest | null;
  /** The fields as they will be; null where only an id is named. */
  readonly fields: Fields | null;
};

export type Replaces = {
  /** Fields that differ and that the provider cannot update. */
  readonly fixed: readonly string[];
  readonly how: LettingGo['how'];
  /** Why it is not deleted. */
  readonly why: string | null;
  /** Null where there is no mark to take off. */
  readonly request: HttpRequest | null;
};

export type TroubledResource = {
  readonly action: 'conflict' | 'unreachable';
  readonly noun: string;
  /** `two_objects`, or the kind of a failed request. */
  readonly reason: string;
  readonly message: string;
  readonly help: string;
};

/** A member that is left out is one that the object does not have. */
export type ChangeReport = {
  readonly path: string;
  readonly before?: Value;
  readonly after?: Value;
  readonly cause: Cause;
  readonly at?: Place;
};

/** People by how their zone is known. */
export type ZonesPlan = {
  /** Named by the campaign or the row. */
  readonly from_row: number;
  /** The only one that such numbers are given out in. */
  readonly from_number: number;
  /** All of several that such numbers are given out in. */
  readonly from_number_several: number;
  /** Toll-free numbers, which are of no place. */
  readonly toll_free: number;
  readonly unknown: number;
};

export type RecipientsPlan = ListReport & {
  /** Valid, not called yet and certainly not to be, by reason (`not_after`). */
  readonly skips: Readonly<Record<string, number>>;
  /** How the zones of those who are not suppressed are known; left out where the time of day does not matter. */
  readonly zones?: ZonesPlan;
  readonly invalid: InvalidRows;
  /** The store that ran the campaign last, where it is another one than this. */
  readonly other_store?: string;
  /** The list that the last run of the wave was given, where this plan is of the file's own. */
  readonly other_list?: string;
  /** A person's word that nobody of the wave is called; left out while there is none. */
  readonly stopped?: StopReport;
  /** Why the wave stopped itself; left out while it did not. */
  readonly tripped?: string;
  /** Whom the wave calls again: its rerun does, not a run of the file; left out where it repeats none. */
  readonly repeats?: Pick<WaveParent, 'wave' | 'only'>;
  /** How the rows compare with the ledger; null without a store, or where another one ran the campaign last. */
  readonly ledger: {
    readonly new: number;
    readonly already_called: number;
    /** Of those already called: how many rows have other values now. */
    readonly changed_since_call: number;
    readonly pending: number;
    readonly removed: number;
  } | null;
  /** Names of the variables that go to the provider. */
  readonly variables: readonly string[];
  readonly calls: CallsPlan;
};

/** What narrows the windows of a campaign; what is not said is left out. */
export type LimitsPlan = {
  readonly policy?: {
    readonly name: string;
    readonly title: string;
    readonly citations: readonly Citation[];
  };
  /** Local dates. */
  readonly holidays?: readonly string[];
  readonly start_at?: string;
  readonly end_at?: string;
  readonly expire_after_seconds?: number;
  /** In words, one line each. */
  readonly words: readonly string[];
};

/** What a run would do; where no store tells who was called, `people` is everybody valid, as an upper bound. */
export type CallsPlan = {
  readonly people: number;
  readonly at_most: boolean;
  readonly dispatches: number;
  /** Time spent calling at the declared rate and concurrency. */
  readonly calling_seconds: number;
  /** Time per week in which a window is open; null for always. */
  readonly open_seconds_per_week: number | null;
  /** What narrows the windows; left out where nothing does. */
  readonly limits?: LimitsPlan;
  /** What stops a wave and bounds the calls to one person; left out where nothing does. */
  readonly bounds?: Bounds & { readonly words: readonly CallingWords[] };
};

/** A rule of calling as people read it. */
export type CallingWords = { readonly name: string; readonly words: string };

export type GuardPlan = {
  /** `max_recipients`. */
  readonly guard: string;
  readonly limit: number;
  readonly found: number;
  readonly kept: boolean;
};

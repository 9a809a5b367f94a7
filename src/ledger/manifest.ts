import type { Outcome } from '../model/attempt.ts';
import type { Address, Campaign } from '../model/campaign.ts';
import { printMoney } from '../model/money.ts';
import { boundsOf, type Bounds } from '../model/bounds.ts';
import type { Tally } from '../model/tally.ts';
import type { Trip } from '../model/trip.ts';
import type { Counts, RunRecord, WaveParent } from '../model/wave.ts';
import { byName } from './by-name.ts';

/** How the wave stands when the manifest is written. */
export type ManifestStatus =
  | 'running'
  | 'complete'
  | 'incomplete'
  | 'tripped'
  | 'paused'
  | 'cancelled'
  | 'stopped'
  | 'interrupted';

/**
 * The result record of a wave. `wave` is equal for equal inputs and equal outcomes, so two manifests compare; `record`
 * holds what differs from run to run: times, ids, circumstances. No number, name or text of a recipient is in it.
 */
export type Manifest = {
  readonly format_version: 1;
  readonly kind: 'manifest';
  readonly wave: {
    readonly campaign: string;
    readonly environment: string;
    readonly wave: string;
    readonly status: ManifestStatus;
    readonly digests: ManifestDigests;
    readonly counts: ManifestCounts;
    readonly limits: ManifestLimits;
  };
  readonly record: {
    readonly resource_id: string;
    /** Which key made the recipients' HMAC. */
    readonly recipient_key_id: string;
    /** SHA-256 of results.jsonl; undefined while no results are written. */
    readonly results_sha256?: string;
    /** Why nobody is called until the wave is resumed; left out where it goes on. */
    readonly tripped?: ManifestTrip;
    readonly runs: readonly ManifestRun[];
    /** The campaign file, from the folder that holds `runs`, with slashes. Older manifests lack it. */
    readonly file?: string;
    /** What the wave repeats; left out: its recipients came from the file. */
    readonly parent?: WaveParent;
    readonly tool: { readonly name: 'callplan'; readonly version: string; readonly node: string };
    readonly git?: { readonly commit: string; readonly dirty: boolean };
    readonly ci?: { readonly system: string; readonly run: string };
  };
};

/** What stopped the wave; recipients by the HMAC of their key. */
export type ManifestTrip = {
  readonly kind: Trip['kind'];
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly calls: readonly { readonly recipient: string; readonly n: number; readonly outcome: Outcome }[];
};

/** Guards and limits that held, by the names of the file; durations in ms. */
export type ManifestLimits = {
  readonly max_recipients?: number;
  readonly max_new_recipients?: number;
  readonly concurrency: number;
  readonly rate: { readonly calls: number; readonly per_ms: number };
  readonly batch_size: number;
  readonly max_attempts: number;
  readonly windows: unknown;
} & Bounds;

/** What a wave was called by, in digests. */
export type ManifestDigests = {
  readonly definition: string;
  readonly resource: string;
  readonly templates: string;
  readonly recipients: string;
  readonly suppression: string;
};

/** How many recipients stand where, by name, and what their calls came to. */
export type ManifestCounts = {
  readonly recipients: number;
  readonly states: Readonly<Record<string, number>>;
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
  readonly replies: Readonly<Record<string, number>>;
  readonly skipped: Readonly<Record<string, number>>;
  readonly attempts: number;
  /** Minutes talked, to two decimals. */
  readonly minutes: number;
  /** What the provider says that the calls cost, a sum for each currency. */
  readonly costs: readonly string[];
};

/** One run that carried the wave. */
export type ManifestRun = {
  readonly run: string;
  /** ISO 8601, UTC. */
  readonly started_at: string;
  readonly ended_at?: string;
  readonly exit_code?: number;
  readonly definition: string;
  readonly tool_version: string;
};

/** Where a wave's manifest and results stand, below the folder of all runs. */
export function manifestFolder(address: Address, wave: string): string {
  return `runs/${address.campaign}/${address.environment}/${wave}`;
}

/** The limits as the file says them, with defaults filled in. */
export function manifestLimits({ guards, execution }: Pick<Campaign, 'guards' | 'execution'>): ManifestLimits {
  const { concurrency, rate, batchSize, attempts, windows } = execution;
  return {
    ...(guards.maxRecipients === undefined ? {} : { max_recipients: guards.maxRecipients }),
    ...(guards.maxNewRecipients === undefined ? {} : { max_new_recipients: guards.maxNewRecipients }),
    concurrency,
    rate: { calls: rate.calls, per_ms: rate.perMs },
    batch_size: batchSize,
    max_attempts: attempts.max,
    windows:
      windows === 'always'
        ? windows
        : windows.map(({ days, fromMinute, toMinute }) => ({ days, from_minute: fromMinute, to_minute: toMinute })),
    ...boundsOf(execution),
  };
}

/** @param nameOf the HMAC of a recipient's key */
export function manifestTrip(
  trip: Trip,
  nameOf: (key: string) => string,
  isoTime: (ms: number) => string,
): ManifestTrip {
  const calls = 'calls' in trip ? trip.calls : [];
  return {
    kind: trip.kind,
    at: isoTime(trip.atMs),
    calls: calls.map(({ key, n, outcome }) => ({ recipient: nameOf(key), n, outcome })),
  };
}

/** Counts of a wave in the order of their names; minutes have two digits after the point. */
export function manifestCounts(counts: Counts, { reported }: Pick<Tally, 'reported'>): ManifestCounts {
  return {
    recipients: counts.recipients,
    states: byName(Object.entries(counts.states)),
    outcomes: byName(Object.entries(counts.outcomes)),
    replies: byName(Object.entries(counts.replies)),
    skipped: byName(Object.entries(counts.skips)),
    attempts: counts.attempts,
    minutes: Math.round((counts.seconds / 60) * 100) / 100,
    costs: Object.entries(reported)
      .map(([currency, { micros }]) => printMoney({ currency, micros }))
      .toSorted(),
  };
}

/** @param isoTime prints epoch ms as ISO 8601 in UTC */
export function manifestRun(run: RunRecord, isoTime: (ms: number) => string): ManifestRun {
  return {
    run: run.run,
    started_at: isoTime(run.startedMs),
    ...(run.endedMs === undefined ? {} : { ended_at: isoTime(run.endedMs) }),
    ...(run.exit === undefined ? {} : { exit_code: run.exit }),
    definition: run.definition,
    tool_version: run.toolVersion,
  };
}

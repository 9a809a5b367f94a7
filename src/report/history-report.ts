import type { WaveParent } from '../model/wave.ts';
import type { Finding } from './finding.ts';
import type { ListedOptOut } from './opt-outs-report.ts';
import type { WaitingPerson } from './status-report.ts';

/** What happened to one person: what `history --format json` prints, described by schema/history.schema.json. */
export type HistoryReport = {
  readonly tool_version: string;
  readonly address: string;
  readonly file: string;
  readonly recipients: readonly HistoryOfRecipient[];
  /** Of their numbers. */
  readonly opt_outs: readonly ListedOptOut[];
  readonly diagnostics: readonly Finding[];
};

/** Somebody in one wave. */
export type HistoryOfRecipient = WaitingPerson & {
  readonly wave: string;
  /** What that wave repeats; null where its recipients came from the file. */
  readonly parent: WaveParent | null;
  /** When it was first in the list of the wave, ISO 8601. */
  readonly enrolled_at: string;
  /** Why it is skipped, rejected or unresolved. */
  readonly reason: string | null;
  readonly outcome: string | null;
  readonly reply: string | null;
  readonly events: readonly HistoryEvent[];
};

export type HistoryEvent = {
  /** ISO 8601. */
  readonly at: string;
  readonly attempt: number;
  readonly kind: string;
  /** What it means. */
  readonly says: string;
  /** What the provider knows the call by. */
  readonly call_id: string | null;
  readonly batch_id: string | null;
};

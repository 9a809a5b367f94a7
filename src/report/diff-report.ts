/** Two waves compared, as data: what `diff --format json` prints, described by schema/diff.schema.json. */
import type { Finding } from './finding.ts';

export type DiffReport = {
  readonly tool_version: string;
  /** Neither configuration nor ends differ; times and ids count for nothing. */
  readonly same: boolean;
  readonly a: DiffSide;
  readonly b: DiffSide;
  /** Those that differ. */
  readonly digests: readonly { readonly name: string; readonly a: string; readonly b: string }[];
  /** Names of those that differ. */
  readonly limits: readonly string[];
  readonly counts: { readonly a: DiffCounts; readonly b: DiffCounts };
  readonly recipients: RecipientsDiff;
  readonly diagnostics: readonly Finding[];
};

export type DiffSide = {
  /** The manifest. */
  readonly file: string;
  readonly address: string;
  readonly wave: string;
  readonly status: string;
  readonly parent: { readonly wave: string; readonly run: string; readonly only: readonly string[] } | null;
  /** What differs from run to run. */
  readonly record: {
    readonly runs: number;
    readonly started_at: string | null;
    readonly ended_at: string | null;
    readonly tool_version: string;
    readonly commit: string | null;
  };
};

type Named = Readonly<Record<string, number>>;

export type DiffCounts = {
  readonly recipients: number;
  readonly states: Named;
  readonly outcomes: Named;
  readonly replies: Named;
  readonly skipped: Named;
  readonly attempts: number;
  readonly minutes: number;
  readonly costs: readonly string[];
};

export type RecipientsDiff =
  | { readonly kind: 'unknown'; readonly why: string }
  | {
      readonly kind: 'compared';
      readonly in_both: number;
      readonly only_in_a: number;
      readonly only_in_b: number;
      readonly alike: number;
      readonly changes: readonly {
        readonly from: DiffEnd;
        readonly to: DiffEnd;
        readonly recipients: number;
        readonly who: readonly string[];
      }[];
    };

export type DiffEnd = { readonly outcome: string; readonly reply?: string };

/** A validation as data: what `validate --format json` prints, described by schema/validation.schema.json. */
import type { Finding } from './finding.ts';

export type ValidationReport = {
  readonly tool_version: string;
  readonly campaigns: readonly CampaignValidation[];
  /** What secrets lack: names of environment variables, paths of files. */
  readonly missing_secrets: readonly string[];
  readonly summary: { readonly errors: number; readonly warnings: number; readonly notes: number };
  readonly diagnostics: readonly Finding[];
};

export type CampaignValidation = {
  readonly address: string;
  readonly file: string;
  readonly wave: string;
  readonly provider: string;
  /** Null where they could not be read. */
  readonly recipients: RecipientsValidation | null;
};

/** What a campaign's list holds, before anybody is compared with the ledger. */
export type ListReport = {
  /** As the file names them, or `--recipients`. */
  readonly sources: readonly string[];
  readonly rows: number;
  /** Recipients that can be called, suppressed ones left out. */
  readonly valid: number;
  /** Rows equal to an earlier one in id and phone: called once. */
  readonly repeated: number;
  /** Rows that the filters of the sources left out; undefined where there are none. */
  readonly left_out?: number;
  readonly suppressed: number;
};

export type RecipientsValidation = ListReport & {
  readonly invalid: InvalidRows;
  readonly first_invalid: readonly InvalidRow[];
};

export type InvalidRows = {
  readonly rows: number;
  /** Rows that max_invalid allows. */
  readonly allowed: number;
  /** Rows by the code of their reason, most first. */
  readonly reasons: Readonly<Record<string, number>>;
};

/** A row by its place and reason; never its values. */
export type InvalidRow = {
  readonly source: string;
  readonly line: number;
  /** What `line` counts, where that is no line: rows of a sheet or query, items of a list. */
  readonly unit?: 'row' | 'item';
  readonly code: string;
  readonly column: string | null;
  readonly message: string;
};

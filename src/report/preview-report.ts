/** A preview as data: what `preview --format json` prints, described by schema/preview.schema.json. */
import type { HttpRequest } from '../model/plan.ts';
import type { Finding } from './finding.ts';
import type { CallingWords } from './plan-report.ts';
import type { InvalidRow } from './validation-report.ts';

export type PreviewReport = {
  readonly tool_version: string;
  readonly address: string;
  readonly file: string;
  readonly wave: string;
  readonly recipients: readonly PreviewedRecipient[];
  /** The requests that would place these calls. */
  readonly requests: readonly HttpRequest[];
  /** When, how fast, how often and how long calls are made. */
  readonly calling: readonly CallingWords[];
  /** What cannot be shown, and why. */
  readonly notes: readonly string[];
  /** Rows met on the way that cannot be called. */
  readonly invalid: readonly InvalidRow[];
  readonly diagnostics: readonly Finding[];
};

export type PreviewedRecipient = {
  readonly id: string;
  /** Masked, unless --show-numbers. */
  readonly phone: string;
  readonly zone: string | null;
  readonly source: string;
  readonly line: number;
  /** What `line` counts, where that is no line. */
  readonly unit?: 'row' | 'item';
  readonly suppressed: boolean;
  /** What would be said, by field of the resource. */
  readonly texts: Readonly<Record<string, string>>;
};

import type { Finding } from './finding.ts';
import type { HistoryOfRecipient } from './history-report.ts';

/** What became of a test call: what `call --format json` prints, described by schema/test-call.schema.json. */
export type TestCallReport = {
  readonly tool_version: string;
  readonly address: string;
  readonly file: string;
  readonly call: HistoryOfRecipient;
  readonly diagnostics: readonly Finding[];
};

import type { RowReasonCode } from '../recipient.ts';

/** Findings that need more than the files: guards, address changes, the store, numbers on the command line. */
export type RunCodes = {
  GUARD_RECIPIENTS: { readonly guard: string; readonly limit: number; readonly found: number };
  RENAMED_FROM_UNKNOWN: { readonly address: string; readonly known: readonly string[]; readonly meant?: string };
  /** `where` says which of the numbers it is. */
  SUPPRESS_NUMBER: { readonly where: string; readonly reason: RowReasonCode; readonly detail?: string };
  /** Numbers beyond those that were told one by one. */
  SUPPRESS_MORE: { readonly more: number };
  /** `member`: what a manifest has and this lacks; left out for a file that is another one altogether. */
  MANIFEST_MISSING: { readonly path: string; readonly known: readonly string[] };
  MANIFEST_INVALID: { readonly path: string; readonly member?: string };
  MANIFEST_NEWER: { readonly path: string; readonly version: number };
  /** `line`: the first that is none of results. */
  MANIFEST_RESULTS: {
    readonly path: string;
    readonly problem: 'missing' | 'differs' | 'line' | 'counts';
    readonly line?: number;
    readonly counts?: readonly string[];
  };
};

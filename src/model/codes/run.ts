/** Findings that need more than the files: guards, address changes, the store. */
export type RunCodes = {
  GUARD_RECIPIENTS: { readonly guard: string; readonly limit: number; readonly found: number };
  RENAMED_FROM_UNKNOWN: { readonly address: string; readonly known: readonly string[]; readonly meant?: string };
};

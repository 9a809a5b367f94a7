/** Findings about recipient sources and suppression lists as a whole; what is wrong with one row is a RowReason. */
export type RecipientCodes = {
  SOURCE_MISSING: { readonly path: string };
};

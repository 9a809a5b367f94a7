/** How much is believed of what a listing of the provider's calls does not show. */
export type SurveyOptions = {
  /** The store is new to the address: taken over, or nothing could tell and the ledger is empty. */
  readonly newToAddress: boolean;
  /** The operator says that nobody was called in this wave but those found by reference. */
  readonly nobodyCalled: boolean;
};

/** What else tells that the ledger lacks calls. */
export type Signs = {
  /** Calls that were found by the references of the wave, and that it lacks. */
  readonly lacking: number;
  /** The address was another store's, whose run may go on. */
  readonly isTakingOver: boolean;
};

/** Whether the ledger may lack calls that were made. */
export function isSuspect({ newToAddress }: SurveyOptions, { lacking }: Pick<Signs, 'lacking'>): boolean {
  return newToAddress || lacking > 0;
}

/** Whether calls are listed once more when those that were placed a moment ago must show. */
export function mustListAgain(options: SurveyOptions, signs: Signs): boolean {
  // Who says that nobody was called does not know of a run of the other store that goes on.
  return isSuspect(options, signs) && (signs.isTakingOver || !options.nobodyCalled);
}

import type { Cap } from './cap.ts';
import type { Window } from './window.ts';

/** A version of a policy pack: never changed, a new version is a new file in data/policies/. */
export type Policy = {
  /** With its version: `us-federal@1`. */
  readonly name: string;
  readonly title: string;
  readonly windows: readonly Window[];
  /** Whether everybody must have agreed to be called by an artificial voice. */
  readonly consent: boolean;
  /** Besides the campaign's own. Default: none. */
  readonly perPerson?: readonly Cap[];
  readonly citations: readonly Citation[];
};

/** Where a demand of a policy stands. */
export type Citation = { readonly demands: string; readonly source: string; readonly url: string };

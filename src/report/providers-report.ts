import type { Outcome } from '../model/attempt.ts';

/** Something that a provider can do, or the reason why not. */
export type Ability = { readonly able: boolean; readonly why: string | null };

/** One provider, as data. */
export type ProviderReport = {
  readonly name: string;
  readonly title: string;
  /** The file of a module; null: built in. */
  readonly module: string | null;
  /** The campaign's key for the resource. */
  readonly noun: string;
  readonly resource: {
    readonly list: Ability;
    readonly create: Ability;
    readonly update: Ability;
    readonly delete: Ability;
    /** Whether the object carries the ownership mark. */
    readonly mark: boolean;
    /** Fields that cannot be updated: another object has to take the place. */
    readonly fixed: readonly string[];
  };
  readonly calls: {
    /** Recipients that one request can carry at most. */
    readonly per_request: number;
    /** Placing requests a second; null: the API's page names no limit. */
    readonly requests_per_second: number | null;
    readonly cancel: Ability;
    readonly webhooks: Ability;
    /** The field that takes the URL at which events are heard; null where none is known. */
    readonly webhook_field: string | null;
    /** Whether what was said can be read once a call is over. */
    readonly transcripts: Ability;
    readonly follow_up: { readonly every_seconds: number; readonly for_seconds: number };
    readonly look_up: {
      /** Whether all calls of a resource can be listed. */
      readonly complete: boolean;
      readonly settle_seconds: number;
      /** Whether a run can begin by listing all calls of the resource. */
      readonly survey: Ability;
    };
  };
  readonly placeholder: string;
  readonly reference: string;
  readonly outcomes: readonly { readonly sign: string; readonly outcome: Outcome | 'named' | 'open' }[];
  readonly replies: readonly { readonly sign: string; readonly becomes: string }[];
  readonly unknown: readonly string[];
};

/** Data of `providers`. */
export type ProvidersReport = { readonly tool_version: string; readonly providers: readonly ProviderReport[] };

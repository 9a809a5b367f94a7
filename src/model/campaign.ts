import type { Outcome } from './attempt.ts';
import type { Money } from './money.ts';
import type { Place } from './place.ts';
import type { Template, TemplateTree } from './template.ts';
import type { Fields, Scalar } from './value.ts';

/** What a resource and a ledger belong to; printed `campaign/environment`. */
export type Address = { readonly campaign: string; readonly environment: string };

export function printAddress(address: Address): string {
  return `${address.campaign}/${address.environment}`;
}

/**
 * A campaign file after composing, substitution, checks and compiling: everything the engine needs, with
 * defaults filled in. The as-written form is `WrittenCampaign` in generated/.
 */
export type Campaign = {
  /** The file as shown to people. */
  readonly file: string;
  /** The file's absolute path; relative paths in it start from its folder. */
  readonly path: string;
  readonly address: Address;
  readonly wave: string;
  readonly description?: string;
  readonly provider: ProviderBlock;
  readonly resource: ResourceBlock;
  readonly call: TemplateTree & { readonly kind: 'map' };
  /** Constants of the campaign. */
  readonly variables: Readonly<Record<string, Scalar>>;
  /** BCP 47; default `en`. */
  readonly locale: string;
  readonly recipients: RecipientsBlock;
  readonly execution: Execution;
  readonly guards: Guards;
  /** Every name used in a template and where, for the check against the columns. */
  readonly nameUses: readonly NameUse[];
  /** Secrets as written, with what they were substituted to; undefined where the environment lacks them. */
  readonly secrets: ReadonlyMap<string, string | undefined>;
  /** SHA-256 over resource, templates, call and execution: what a reviewer approved. */
  readonly definitionDigest: string;
};

/** What of a campaign decides which names its templates may use; all that is known of one with findings. */
export type Draft = Pick<Campaign, 'nameUses'> & {
  /** By the names of constants. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly recipients: {
    readonly sources: readonly Source[];
    /** By their names. */
    readonly variables: Readonly<Record<string, unknown>>;
  };
};

export type NameUse = { readonly name: string; readonly at: Place; readonly scope: 'row' | 'all' };

export type ProviderBlock = {
  readonly type: string;
  readonly at: Place;
  /** The block without `type` and the credential: base_url, statuses, ... */
  readonly options: Fields;
  /** The credential as written; its value is in `Campaign.secrets`. */
  readonly credential: string;
};

export type ResourceBlock = {
  /** workflow, agent or use_case. */
  readonly noun: string;
  readonly at: Place;
  /** Named by the file: used, or adopted where fields are declared as well. */
  readonly id?: string;
  /** Declared fields, with templates lowered to `$text`. Undefined where only an id is given: used, never written. */
  readonly fields?: Fields;
  /** Where each declared field stands, by its path (`message`, `webhook.url`). */
  readonly places: Readonly<Record<string, Place>>;
};

/** Where rows come from. */
export type Source = FileSource | SqlSource | RowsSource;

/** What every source may say of its rows. */
type Shaped = {
  readonly at: Place;
  /** Columns that the source itself does not have under their names, in the order of the file. */
  readonly map?: readonly MappedColumn[];
  /** What a row must meet to be read; default: nothing. */
  readonly only?: readonly Condition[];
};

export type FileFormat = 'csv' | 'tsv' | 'json' | 'jsonl' | 'xlsx';

export type FileSource = Shaped & {
  readonly kind: FileFormat;
  /** Absolute; of a source with an address empty until it is fetched. */
  readonly path: string;
  /** As shown to people; of an address without its query. */
  readonly file: string;
  readonly address?: RemoteFile;
  /** csv. Default: told from the header among , ; tab |. */
  readonly delimiter?: string;
  /** csv, tsv. Default `utf-8`. */
  readonly encoding?: string;
  /** json: the way to the list, in steps. Default: the whole is the list. */
  readonly items?: readonly string[];
  /** xlsx. Default: the only sheet. */
  readonly sheet?: string;
};

/** A file to be fetched. */
export type RemoteFile = {
  readonly url: string;
  /** By names in lower case; values as written, those with `${...}` are in `Campaign.secrets`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Lower-case hex. */
  readonly sha256?: string;
};

export type SqlSource = Shaped & {
  readonly kind: 'sql';
  /** A path, or the address of a PostgreSQL database; with `${...}` its value is in `Campaign.secrets`. */
  readonly database: string;
  /** The folder that the path starts from. */
  readonly folder: string;
  /** As shown to people: as written, a path from where they are. */
  readonly file: string;
  readonly query:
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'file'; readonly path: string; readonly file: string };
};

export type RowsSource = Shaped & {
  readonly kind: 'rows';
  readonly rows: readonly {
    readonly at: Place;
    readonly cells: Readonly<Record<string, string>>;
  }[];
};

/** A column by another name, one text for all rows, or a template over the source's own columns. */
export type MappedColumn = { readonly column: string; readonly at: Place } & (
  | { readonly kind: 'column'; readonly from: string }
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'template'; readonly template: Template }
);

/** What the cell of a column must be. Texts are compared without the white space around them. */
export type Condition = { readonly column: string; readonly at: Place } & (
  | { readonly kind: 'in' | 'not'; readonly values: readonly string[] }
  /** An ISO 8601 date, or date and time; the limit itself is neither before nor after it. */
  | { readonly kind: 'before' | 'after'; readonly limit: string }
);

export type RecipientsBlock = {
  readonly at: Place;
  readonly sources: readonly Source[];
  /** Absolute path of the list that was named in place of the file's own. */
  readonly otherList?: string;
  readonly id?: Template;
  readonly phone: Template;
  /** ISO 3166 alpha-2, for numbers without a country code. */
  readonly country?: Template;
  readonly timezone?: Template;
  readonly notBefore?: Template;
  readonly notAfter?: Template;
  /** Who has agreed to be called by an artificial voice. Default: nobody is asked. */
  readonly consent?: Template;
  readonly samePhone: 'report' | 'call_once' | 'call_each';
  readonly variables: Readonly<Record<string, Template>>;
  readonly suppress: readonly Source[];
  /** A JSON Schema that each row must meet. */
  readonly rowsSchema?: { readonly path: string; readonly file: string; readonly at: Place };
  readonly maxInvalid: Share;
  /** Where that stands, if it is written. */
  readonly maxInvalidAt?: Place;
};

/** A count of rows or a percentage of them. */
export type Share =
  | { readonly kind: 'rows'; readonly rows: number }
  | { readonly kind: 'percent'; readonly percent: number };

export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

/** A local interval on each of its days; over midnight where `to` is not after `from`, and then it belongs to its first day. */
export type Window = {
  readonly days: readonly Weekday[];
  /** Minutes since local midnight, 0 to 1439. */
  readonly fromMinute: number;
  /** Minutes since local midnight, 1 to 1440. */
  readonly toMinute: number;
};

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

/** Outcomes that may stop a wave; `failed` counts attempts that the provider refused as well. */
export const stopOutcomes = ['failed', 'no_answer', 'busy', 'voicemail', 'cancelled', 'unknown'] as const;
export type StopOutcome = (typeof stopOutcomes)[number];

/** Reached where at least so many percent of the calls ended so. */
export type OutcomeShare = { readonly outcome: StopOutcome; readonly percent: number };

/** At least one of them. */
export type Budget = {
  /** Attempts that the provider took or may have taken. */
  readonly calls?: number;
  readonly seconds?: number;
  readonly cost?: Money;
};

/** Calls to one phone at most within a time. */
export type Cap = {
  readonly calls: number;
  readonly perMs: number;
  /** Whose calls count: those of all campaigns of the store, or those of the address, in all its waves. */
  readonly in: 'store' | 'campaign';
};

export type Execution = {
  /** Unfinished calls at once. */
  readonly concurrency: number;
  /** Calls started per time. */
  readonly rate: { readonly calls: number; readonly perMs: number };
  /** Recipients a dispatch at most. */
  readonly batchSize: number;
  readonly windows: 'always' | readonly Window[];
  /** Local dates on which nobody is called, in days since 1970-01-01. Default: none. */
  readonly holidays?: readonly number[];
  /** What law or custom demands besides. Default: nothing. */
  readonly policy?: Policy;
  /** Nobody is called before that instant. */
  readonly startAtMs?: number;
  /** Nobody is called after that instant. */
  readonly endAtMs?: number;
  /** Nobody is called so long after they entered the wave. */
  readonly expireAfterMs?: number;
  /** Nobody is called at another number than these (E.164). Default: no such limit. */
  readonly onlyPhones?: readonly string[];
  readonly attempts: {
    readonly max: number;
    readonly retry: Readonly<Partial<Record<Outcome, readonly number[]>>>;
    /** So far, by the clock, a retry keeps from the times of day of earlier attempts. Default: no such distance. */
    readonly anotherTimeMs?: number;
  };
  /** First attempts whose ends are waited for before anybody else is called. Default: none. */
  readonly canary?: { readonly calls: number; readonly stopWhen: readonly OutcomeShare[] };
  /** Shares of the latest attempts at which the wave stops. Default: none. */
  readonly stopWhen?: { readonly shares: readonly OutcomeShare[]; readonly ofLast: number };
  /** What the wave may use up, over all runs and attempts. Default: no limit. */
  readonly budget?: Budget;
  /** Of a minute of a call. */
  readonly price?: Money;
  /** The file's own; a policy may have others besides. Default: none. */
  readonly perPerson?: readonly Cap[];
  /** Defaults come from the provider. */
  readonly followUp: { readonly everyMs: number; readonly forMs: number };
  readonly lookUp: { readonly settleMs: number };
  /** A slot is held so long at most. */
  readonly maxCallMs: number;
};

export type Guards = {
  readonly maxRecipients?: number;
  readonly maxNewRecipients?: number;
  /** Where each stands, by its key in the file. */
  readonly places?: Readonly<Record<string, Place>>;
};

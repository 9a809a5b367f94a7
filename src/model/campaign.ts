import type { Execution } from './execution.ts';
import type { Place } from './place.ts';
import type { RecipientsBlock } from './recipients-block.ts';
import type { Source } from './source.ts';
import type { TemplateTree } from './template.ts';
import type { Fields, Scalar } from './value.ts';

/** What a resource and a ledger belong to; printed `campaign/environment`. */
export type Address = { readonly campaign: string; readonly environment: string };

/** `clinic-reminders/prod`. */
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
  /** Those that the file can be asked for: `default` alone where it declares none. */
  readonly environments: readonly string[];
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

/** A name in a template: `row` where it sees columns and constants alone, `all` where it sees recipient variables, too. */
export type NameUse = { readonly name: string; readonly at: Place; readonly scope: 'row' | 'all' };

/** The provider block of a campaign file. */
export type ProviderBlock = {
  readonly type: string;
  readonly at: Place;
  /** The block without `type` and the credential: base_url, statuses, ... */
  readonly options: Fields;
  /** The credential as written; its value is in `Campaign.secrets`. */
  readonly credential: string;
};

/** The block of the resource: workflow, agent or use_case. */
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

/** Bounds on how many people a list may hold and a run may call. Default: none. */
export type Guards = {
  readonly maxRecipients?: number;
  readonly maxNewRecipients?: number;
  /** Where each stands, by its key in the file. */
  readonly places?: Readonly<Record<string, Place>>;
};

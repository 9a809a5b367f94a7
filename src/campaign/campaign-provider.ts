import type { Diagnostic } from '../model/diagnostic.ts';
import type { Fields } from '../model/value.ts';
import type { Language } from './language.ts';

/** What reading a campaign asks of its provider. Every provider of providers/ is one; its contract says what each part means. */
export interface CampaignProvider {
  readonly name: string;
  readonly noun: string;
  readonly credential: string;
  readonly reserved: readonly string[];
  readonly hasPlaceholder: (text: string, resource: Fields) => boolean;
  readonly check: (blocks: {
    readonly options: Fields;
    readonly resource: Fields | undefined;
    readonly call: readonly string[];
  }) => readonly { readonly path: string; readonly diagnostic: Diagnostic }[];
  readonly open: (options: Fields) => CampaignAccount;
  /** What campaigns of a module's provider are written by; those of built-in ones by the package's schemas. */
  readonly language?: Language;
}

export interface CampaignAccount {
  readonly origins: readonly string[];
  readonly calls: {
    readonly lookUp: { readonly settleMs: number };
    readonly followUp: { readonly everyMs: number; readonly forMs: number };
  };
}

/** The provider of a name; undefined where there is none. */
export type FindProvider = (type: string) => CampaignProvider | undefined;

/** A module that a campaign names as its provider: what it brings, or why it brings nothing. */
export type ProviderModule =
  | { readonly kind: 'provider'; readonly provider: CampaignProvider }
  | { readonly kind: 'failed'; readonly diagnostic: Diagnostic };

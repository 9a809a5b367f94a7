import type { Diagnostic } from '../../model/diagnostic.ts';
import type { CampaignAccount, CampaignProvider } from '../campaign-provider.ts';
import type { SourcedMap } from '../sourced.ts';

/** What is known of the world's zones and countries; the language's own tables are the shell's to ask. */
export type Atlas = {
  /** Whether a name is an IANA time zone. */
  readonly isZone: (name: string) => boolean;
  /** Names of zones, for did-you-mean. */
  readonly zones: () => readonly string[];
  /** Whether two letters are a country (ISO 3166 alpha-2). */
  readonly isCountry: (code: string) => boolean;
};

/** What a rule looks at. The campaign may still have other findings: a rule says nothing about what is not there. */
export type RuleInput = {
  readonly root: SourcedMap;
  readonly provider?: CampaignProvider;
  /** Undefined where the provider block is not good enough to open it. */
  readonly account?: CampaignAccount;
  /** `--recipients` takes the place of `recipients.from`. */
  readonly hasRecipientsFile: boolean;
  readonly atlas: Atlas;
};

/** A truth about several fields, or about one that a schema cannot say well. */
export type Rule = (input: RuleInput) => readonly Diagnostic[];

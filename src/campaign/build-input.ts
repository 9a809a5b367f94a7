import type { Campaign } from '../model/campaign.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Scalar } from '../model/value.ts';
import type { CampaignAccount, CampaignProvider, FindProvider, ProviderModule } from './campaign-provider.ts';
import type { CompiledTexts } from './compile-texts.ts';
import type { Included } from './included.ts';
import type { Atlas } from './rules/rule.ts';
import type { SourcedMap } from './sourced.ts';

/** A parsed campaign file and everything around it that its meaning depends on. */
export type BuildInput = {
  readonly root: SourcedMap;
  /** What parsing found: such a file is looked at for more findings, and never used. */
  readonly parseFindings: readonly Diagnostic[];
  /** The file's text by lines: for places inside of templates. */
  readonly lines: readonly string[];
  /** As shown to people. */
  readonly file: string;
  /** Absolute. */
  readonly path: string;
  readonly environment?: string;
  /** `--wave`. */
  readonly wave?: string;
  /** `--recipients`: absolute and as shown. */
  readonly recipientsFile?: { readonly path: string; readonly file: string };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly included: ReadonlyMap<string, Included>;
  /** The built-in providers. */
  readonly findProvider: FindProvider;
  /** Modules that campaigns name, by absolute path; default none. */
  readonly modules?: ReadonlyMap<string, ProviderModule>;
  readonly atlas: Atlas;
};

/** A campaign without findings of its own, ready to be resolved. */
export type ResolveInput = {
  readonly input: Pick<BuildInput, 'file' | 'path' | 'environment' | 'recipientsFile'>;
  readonly root: SourcedMap;
  readonly provider: CampaignProvider;
  readonly account: CampaignAccount;
  readonly constants: Readonly<Record<string, Scalar>>;
  readonly texts: CompiledTexts;
  readonly secrets: Campaign['secrets'];
};

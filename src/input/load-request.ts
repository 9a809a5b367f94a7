import type { ProviderModule } from '../campaign/campaign-provider.ts';
import type { World } from '../ports.ts';

/** What the command line asks to be loaded. */
export type LoadRequest = {
  /** Files and folders, as on the command line. */
  readonly paths: readonly string[];
  /** `-e`. */
  readonly environment?: string;
  /** `--wave`: beats the file's. */
  readonly wave?: string;
  /** `--recipients`: takes the place of `recipients.from`. */
  readonly recipientsFile?: string;
  /** `needed`: a campaign whose secrets are missing is left out. */
  readonly secrets: 'needed' | 'optional';
  /** Whether a file with environments may be taken without one of them. */
  readonly base: 'allowed' | 'refused';
  /** What the module at an absolute path brings, for campaigns that name one as their provider; default: nothing is a module. */
  readonly loadModule?: LoadModule;
};

/** What the module at an absolute path brings. */
export type LoadModule = (path: string) => Promise<ProviderModule>;

/** The two doors that loading needs, and where relative paths start. */
export type LoadWorld = Pick<World, 'files' | 'env' | 'cwd'>;

import { singleBraces } from '../campaign/single-braces.ts';
import { loadCampaigns } from '../input/load-campaign.ts';
import type { Loaded } from '../input/load-campaign.ts';
import type { LoadRequest } from '../input/load-request.ts';
import type { Invocation } from './command.ts';
import { findingsReport } from './findings-report.ts';
import { hasErrors, together } from './findings.ts';
import { Halt } from './halt.ts';
import { inEnvironment, nextCommand } from './next-command.ts';
import { environmentOption, recipientsOption, waveOption } from './options.ts';
import { accountOf } from './account-of.ts';
import { draftFindings } from './draft-findings.ts';
import type { Report } from './report.ts';
import { textsFor } from './texts.ts';
import type { World } from './world.ts';

/** Loads what the command line names; without a path, the working directory. @throws Halt (usage) about the environment */
export async function load(
  invoked: Invocation,
  world: World,
  needs: Pick<LoadRequest, 'secrets' | 'base' | 'environment'>,
): Promise<Loaded> {
  const { args, given } = invoked;
  const environment = given(environmentOption);
  const wave = given(waveOption);
  const recipientsFile = given(recipientsOption);
  const request = {
    ...needs,
    loadModule: world.providers.loadModule,
    paths: args.length === 0 ? ['.'] : args,
    ...(environment === undefined ? {} : { environment }),
    ...(wave === undefined ? {} : { wave }),
    ...(recipientsFile === undefined ? {} : { recipientsFile }),
  };
  const loaded = await loadCampaigns(request, world, world.providers.find);
  if (loaded.usage !== undefined) {
    throw new Halt('usage', loaded.usage, againWith(loaded.environments, invoked));
  }
  const more = await Promise.all(loaded.drafts.map((draft) => draftFindings(draft, world)));
  const spoken = loaded.campaigns.map((campaign) => {
    const { lowered, rendered } = accountOf(campaign, world).provider;
    return singleBraces(campaign, [...lowered, ...rendered]);
  });
  const diagnostics = together(loaded.diagnostics, ...more, ...spoken);
  return { ...loaded, diagnostics, texts: await textsFor(diagnostics, loaded.texts, world) };
}

/** Commands that need nothing but paths. */
const pathsAlone: readonly string[] = ['plan', 'apply', 'run', 'status', 'pause', 'resume', 'cancel'];

/** The command line once more, with the choice that it lacks. */
function againWith(environments: readonly string[], invoked: Invocation): readonly string[] {
  if (environments.length === 0 || !pathsAlone.includes(invoked.command)) return [];
  return [inEnvironment(nextCommand(invoked.command, invoked), environments)];
}

/**
 * The report of a command whose files have errors, since nothing else can be done; undefined where they have none.
 * @throws Halt (environment) where they are fine and secrets are missing
 */
export function refusal(
  { diagnostics, texts, missingSecrets }: Loaded,
  kind: string,
  empty: object,
): Report | undefined {
  if (hasErrors(diagnostics)) return findingsReport(diagnostics, texts, { kind, empty });
  if (missingSecrets.length === 0) return undefined;
  const them = missingSecrets.length === 1 ? 'it' : 'them';
  throw new Halt('environment', `${missingSecrets.join(', ')} not set, and the campaigns need ${them} as a secret`, [
    `set ${them} and run the command again; validate, preview and rehearse need no secret`,
  ]);
}

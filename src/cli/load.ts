import { loadCampaigns } from '../input/load-campaign.ts';
import type { Loaded, LoadRequest } from '../input/load-campaign.ts';
import { findProvider } from '../providers/registry.ts';
import type { World } from '../ports.ts';
import type { Invocation } from './command.ts';
import { environmentOption, recipientsOption, waveOption } from './options.ts';
import { UsageError } from './usage-error.ts';

/** Loads what the command line names; without a path, the working directory. @throws UsageError about the environment */
export async function load(
  { args, option }: Invocation,
  world: World,
  needs: Pick<LoadRequest, 'secrets' | 'base'>,
): Promise<Loaded> {
  const environment = option(environmentOption);
  const wave = option(waveOption);
  const recipientsFile = option(recipientsOption);
  const request = {
    ...needs,
    paths: args.length === 0 ? ['.'] : args,
    ...(environment === undefined ? {} : { environment }),
    ...(wave === undefined ? {} : { wave }),
    ...(recipientsFile === undefined ? {} : { recipientsFile }),
  };
  const loaded = await loadCampaigns(request, world, findProvider);
  if (loaded.usage !== undefined) throw new UsageError(loaded.usage);
  return loaded;
}

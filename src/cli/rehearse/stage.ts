import type { Campaign } from '../../model/campaign.ts';
import { InternalError } from '../../model/internal-error.ts';
import type { World } from '../../ports.ts';
import { sandboxes } from '../../sandbox/registry.ts';
import { seededRandom } from '../../sandbox/seeded-random.ts';

/** The world of a rehearsal: its own clock, chance and provider, nothing of it outside of a folder that goes away. */
export function stage(
  campaign: Campaign,
  options: { readonly startMs: number; readonly seed: number; readonly folder: string },
  world: World,
): World {
  const { clock, files } = world.rehearsal(options.startMs);
  const sandbox = sandboxes[campaign.provider.type];
  if (sandbox === undefined) throw new InternalError(`no sandbox for ${campaign.provider.type}`);
  const { id, fields = {} } = campaign.resource;
  const { http } = sandbox.open({
    clock,
    random: seededRandom(options.seed),
    // An object that the file names by its id is there.
    ...(id === undefined ? {} : { resource: { id, fields } }),
  });
  return { ...world, clock, files, http, random: seededRandom(options.seed + 1), cwd: options.folder };
}

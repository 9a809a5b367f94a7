import type { Campaign } from '../../model/campaign.ts';
import { InternalError } from '../../model/internal-error.ts';
import type { Http, World } from '../../ports.ts';
import { intronSandbox } from '../../sandbox/intron.ts';
import { seededRandom } from '../../sandbox/seeded-random.ts';

/** Stands in for the providers that have a sandbox. */
const sandboxes: Readonly<Record<string, (campaign: Campaign, world: Pick<World, 'clock' | 'random'>) => Http>> = {
  intron: (campaign, world) => intronSandbox({ ...world, workflows: namedWorkflows(campaign) }).http,
};

/** The world of a rehearsal: its own clock, chance and provider, nothing of it outside of a folder that goes away. */
export function stage(
  campaign: Campaign,
  options: { readonly startMs: number; readonly seed: number; readonly folder: string },
  world: World,
): World {
  const { clock, files } = world.rehearsal(options.startMs);
  const sandbox = sandboxes[campaign.provider.type];
  if (sandbox === undefined) throw new InternalError(`no sandbox for ${campaign.provider.type}`);
  const http = sandbox(campaign, { clock, random: seededRandom(options.seed) });
  return { ...world, clock, files, http, random: seededRandom(options.seed + 1), cwd: options.folder };
}

/** A workflow that the file names by its id is there; what it says, nobody but the provider knows. */
function namedWorkflows({ resource }: Campaign): NonNullable<Parameters<typeof intronSandbox>[0]['workflows']> {
  if (resource.id === undefined) return [];
  return [
    {
      id: resource.id,
      name: 'Named by the campaign',
      description: null,
      workflow_type: resource.fields?.['workflow_type'] === 'CONVERSATION' ? 'CONVERSATION' : 'ROBOCALL',
      message: 'What this workflow says is known to the provider alone.',
      include_reply: false,
      option_one: null,
      option_two: null,
      call_back_url: null,
    },
  ];
}

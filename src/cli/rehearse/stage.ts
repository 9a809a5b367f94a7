import type { Campaign } from '../../model/campaign.ts';
import { InternalError } from '../../model/internal-error.ts';
import { sandboxes } from '../../sandbox/registry.ts';
import type { SandboxKind } from '../../sandbox/registry.ts';
import { Halt } from '../halt.ts';
import { seededRandom } from '../../sandbox/seeded-random.ts';
import type { World } from '../world.ts';

/** The world of a rehearsal: its own clock, chance and provider, nothing of it outside of a folder that goes away. */
export function stage(
  campaign: Campaign,
  options: { readonly startMs: number; readonly seed: number; readonly folder: string },
  world: World,
): World {
  const { clock, files } = world.rehearsal(options.startMs);
  const sandbox = sandboxOf(campaign.provider.type, world);
  const { id, fields = {} } = campaign.resource;
  const { http } = sandbox.open({
    clock,
    random: seededRandom(options.seed),
    // An object that the file names by its id is there.
    ...(id === undefined ? {} : { resource: { id, fields } }),
  });
  return {
    ...world,
    reach: undefined,
    clock,
    files,
    http,
    random: seededRandom(options.seed + 1),
    cwd: options.folder,
  };
}

/** The stand-in for a provider. @throws Halt where there is none */
function sandboxOf(name: string, { providers }: World): SandboxKind {
  const own = providers.own.find(({ provider }) => provider.name === name);
  const sandbox = own === undefined ? sandboxes[name] : own.sandbox;
  if (sandbox !== undefined) return sandbox;
  if (own === undefined) throw new InternalError(`no sandbox for ${name}`);
  throw new Halt('environment', `${own.blocks.file} brings no sandbox, and a rehearsal calls against one`, [
    'add `sandbox` to the definition of the provider: docs/provider-kit.md shows how',
  ]);
}

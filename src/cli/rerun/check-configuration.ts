import { changedLimits } from '../../ledger/changed-limits.ts';
import { manifestLimits } from '../../ledger/manifest.ts';
import { digest } from '../../model/digest.ts';
import { printAddress, type Campaign } from '../../model/campaign.ts';
import { spoken } from '../../report/spoken.ts';
import { listed } from '../../report/words/quote.ts';
import { templatesDigest } from '../../run/write-manifest.ts';
import { Halt } from '../halt.ts';
import type { LoadedManifest } from '../manifest/load-manifest.ts';
import type { Follow } from '../next-command.ts';

/** The file must say what the wave was called by. @throws Halt */
export function checkConfiguration({ manifest }: LoadedManifest, campaign: Campaign, follow: Follow): void {
  const then = manifest.wave.digests.definition;
  const now = campaign.definitionDigest;
  if (then === now) return;
  throw new Halt(
    'conflict',
    `the configuration of ${printAddress(campaign.address)} is not the one that wave ${manifest.wave.wave} was called by (${changesOf(manifest, campaign)}: definition ${then.slice(0, 12)} then, ${now.slice(0, 12)} now); nobody was called`,
    [
      'take the file as it was, or call by it as it is now:',
      follow('run', ['--allow-changes']),
      `what the provider would be told: ${follow('plan')}`,
    ],
  );
}

/** They bound how many may be called, and are no part of what is said and done to them. */
const guards: readonly string[] = ['max_recipients', 'max_new_recipients'];

/** Which parts changed, as far as their digests tell. */
function changesOf({ wave }: LoadedManifest['manifest'], campaign: Campaign): string {
  const { resource } = campaign;
  const isResource = resource.fields !== undefined && digest(resource.fields) !== wave.digests.resource;
  const parts = [
    ...(isResource ? [`the ${spoken(resource.noun)}`] : []),
    ...(templatesDigest(campaign) === wave.digests.templates ? [] : ["the recipients' templates"]),
    ...changedLimits(wave.limits, manifestLimits(campaign)).filter((name) => !guards.includes(name)),
  ];
  return parts.length === 0 ? 'its call options, variables or execution' : listed(parts, 'and');
}

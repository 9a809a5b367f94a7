import { watchedFiles } from '../../input/watched-files.ts';
import { openSqlite } from '../../store/sqlite/open.ts';
import type { Invocation } from '../command.ts';
import { load, refusal } from '../load.ts';
import { followed } from '../next-command.ts';
import { onlyCampaign } from '../only-campaign.ts';
import { storeOption } from '../options.ts';
import { accountOf } from '../account-of.ts';
import type { Report } from '../report.ts';
import { checkNobodyCalled, runLoaded } from '../run/run-loaded.ts';
import { listeningOf } from '../run/webhook.ts';
import { resolveStore } from '../store.ts';
import type { World } from '../world.ts';

/** Calls those whom the wave has not called. */
export async function run(invoked: Invocation, world: World): Promise<Report> {
  listeningOf(invoked);
  const files = watchedFiles(world.files);
  const loaded = await load(invoked, { ...world, files }, { secrets: 'needed', base: 'refused' });
  const refused = refusal(loaded, 'findings', {});
  if (refused !== undefined) return refused;
  const campaign = onlyCampaign('run', loaded.campaigns);
  checkNobodyCalled(invoked, campaign);
  const { account } = accountOf(campaign, world);
  const path = await resolveStore(
    { named: invoked.option(storeOption), files: [campaign.path], calls: account.origins },
    world,
  );
  const store = await openSqlite(path, { ...world, create: true });
  try {
    return await runLoaded(
      invoked,
      { loaded, changed: files.changed, campaign, store, follow: followed(invoked) },
      world,
    );
  } finally {
    await store.close();
  }
}

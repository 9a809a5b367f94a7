import type { Campaign } from '../../model/campaign.ts';
import { printAddress } from '../../model/campaign.ts';
import type { World } from '../../ports.ts';
import { openSqlite } from '../../store/sqlite/open.ts';
import type { Invocation } from '../command.ts';
import { load } from '../load.ts';
import { storeOption } from '../options.ts';
import type { Report } from '../report.ts';
import { Findings } from '../run/findings-error.ts';
import { findingsReport } from '../run/findings-report.ts';
import { oneCampaign, secretsMissing } from '../run/one-campaign.ts';
import { originsOf, performRun } from '../run/perform-run.ts';
import {
  applyOption,
  approveOption,
  limitOption,
  maxDurationOption,
  newAddressOption,
  noWaitOption,
  nobodyCalledOption,
  takeOverOption,
} from '../run/options.ts';
import { runReport } from '../run/run-report.ts';
import { runVoice } from '../run/voice.ts';
import { resolveStore } from '../store.ts';
import { UsageError } from '../usage-error.ts';

/** Calls those whom the wave has not called. */
export async function run(invoked: Invocation, world: World): Promise<Report> {
  const loaded = await load(invoked, world, { secrets: 'needed', base: 'refused' });
  if (loaded.diagnostics.length > 0) return findingsReport(loaded, loaded.texts);
  if (loaded.missingSecrets.length > 0) throw secretsMissing(loaded.missingSecrets);
  const campaign = oneCampaign(loaded.campaigns, 'run');
  checkNobodyCalled(invoked, campaign);
  const path = await resolveStore(
    { named: invoked.option(storeOption), files: [campaign.path], calls: originsOf(campaign) },
    world,
  );
  const store = await openSqlite(path, { create: true, random: world.random });
  const voice = runVoice(world);
  try {
    const carried = await performRun(requestOf(invoked, campaign, store), world, voice);
    voice.close();
    return runReport(campaign, carried, invoked);
  } catch (error) {
    voice.close();
    if (error instanceof Findings) return findingsReport(error, loaded.texts);
    throw error;
  } finally {
    await store.close();
  }
}

function requestOf(
  { option }: Invocation,
  campaign: Campaign,
  store: Awaited<ReturnType<typeof openSqlite>>,
): Parameters<typeof performRun>[0] {
  const limit = option(limitOption);
  const maxDurationMs = option(maxDurationOption);
  return {
    campaign,
    store,
    apply: option(applyOption),
    approved: option(approveOption),
    takeOver: option(takeOverOption),
    nobodyCalled: option(nobodyCalledOption) !== undefined,
    newAddress: option(newAddressOption),
    alone: false,
    options: {
      wait: !option(noWaitOption),
      ...(limit === undefined ? {} : { limit }),
      ...(maxDurationMs === undefined ? {} : { maxDurationMs }),
    },
  };
}

/** The wave's name has to be repeated, so that the word of one wave does not stay in a script for the next. */
function checkNobodyCalled({ option }: Invocation, campaign: Campaign): void {
  const wave = option(nobodyCalledOption);
  if (wave === undefined || wave === campaign.wave) return;
  throw new UsageError(
    `--nobody-called names wave ${wave}, and ${printAddress(campaign.address)} is about wave ${campaign.wave}`,
  );
}

import type { Campaign } from '../../model/campaign.ts';
import { printAddress } from '../../model/campaign.ts';
import { renderDiagnostics } from '../../report/diagnostics.ts';
import { openSqlite } from '../../store/sqlite/open.ts';
import type { Invocation } from '../command.ts';
import { load, refusal } from '../load.ts';
import { followed } from '../next-command.ts';
import type { Follow } from '../next-command.ts';
import { onlyCampaign } from '../only-campaign.ts';
import { allowDeletesOption, showNumbersOption, storeOption } from '../options.ts';
import { accountOf } from '../recipients.ts';
import type { Report } from '../report.ts';
import { namingOf } from '../run/check-address.ts';
import { Findings } from '../run/findings-error.ts';
import { listReport } from '../run/list-report.ts';
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
import { performRun } from '../run/perform-run.ts';
import type { RunRequest } from '../run/run-request.ts';
import { runReport } from '../run/run-report.ts';
import { runVoice } from '../run/voice.ts';
import { listeningOf, webhookWords } from '../run/webhook.ts';
import { screenOf } from '../screen.ts';
import { campaignRoot, resolveStore } from '../store.ts';
import { UsageError } from '../usage-error.ts';
import type { World } from '../world.ts';

/** Calls those whom the wave has not called. */
export async function run(invoked: Invocation, world: World): Promise<Report> {
  const { option } = invoked;
  const listening = listeningOf(invoked);
  const loaded = await load(invoked, world, { secrets: 'needed', base: 'refused' });
  const refused = refusal(loaded, 'findings', {});
  if (refused !== undefined) return refused;
  const { diagnostics, texts } = loaded;
  const campaign = onlyCampaign('run', loaded.campaigns);
  checkNobodyCalled(invoked, campaign);
  const { provider, account } = accountOf(campaign, world);
  const path = await resolveStore(
    { named: option(storeOption), files: [campaign.path], calls: account.origins },
    world,
  );
  if (diagnostics.length > 0) {
    world.terminal.err(`${renderDiagnostics(diagnostics, texts, screenOf('stderr', world))}\n`);
  }
  const store = await openSqlite(path, { ...world, create: true });
  const voice = runVoice(world);
  try {
    const { carried } = await performRun(
      requestOf(invoked, {
        campaign,
        store,
        root: await campaignRoot(campaign, world.files),
        ...(listening === undefined ? {} : { webhook: { ...listening, provider, account } }),
      }),
      world,
      voice,
    );
    const shown = { diagnostics, show: option(showNumbersOption) };
    return runReport(campaign, carried, { ...shown, follow: followed(invoked), again: runAgain(invoked) });
  } catch (error) {
    if (error instanceof Findings) return await listReport(error, loaded, invoked, world);
    throw error;
  } finally {
    voice.close();
    await store.close();
  }
}

function requestOf(
  invoked: Invocation,
  about: Pick<RunRequest, 'campaign' | 'store' | 'root' | 'webhook'>,
): RunRequest {
  const { option } = invoked;
  const limit = option(limitOption);
  const maxDurationMs = option(maxDurationOption);
  return {
    ...about,
    apply: option(applyOption),
    allowDeletes: option(allowDeletesOption),
    approved: option(approveOption),
    takeOver: option(takeOverOption),
    nobodyCalled: option(nobodyCalledOption) !== undefined,
    naming: namingOf(invoked),
    alone: false,
    options: {
      wait: !option(noWaitOption),
      ...(limit === undefined ? {} : { limit }),
      ...(maxDurationMs === undefined ? {} : { maxDurationMs }),
    },
    follow: runAgain(invoked),
  };
}

/** The same run once more with what was missing, as long as nothing came of it; other commands as usual. */
function runAgain(invoked: Invocation): Follow {
  const { option } = invoked;
  const wave = option(nobodyCalledOption);
  const flags = [applyOption, takeOverOption, newAddressOption].filter((flag) => option(flag));
  const deletes = option(allowDeletesOption);
  const allowed = deletes === undefined ? [] : ['--allow-deletes', String(deletes)];
  const same = [
    ...flags.map((flag) => flag.flags),
    ...(wave === undefined ? [] : ['--nobody-called', wave]),
    ...webhookWords(listeningOf(invoked)),
  ];
  const follow = followed(invoked);
  return (command, extra = []) =>
    follow(
      command,
      command === 'run' ? [...same, ...(extra.includes('--allow-deletes') ? [] : allowed), ...extra] : extra,
    );
}

/** The wave's name has to be repeated, so that the word of one wave does not stay in a script for the next. */
function checkNobodyCalled({ option }: Invocation, campaign: Campaign): void {
  const wave = option(nobodyCalledOption);
  if (wave === undefined || wave === campaign.wave) return;
  throw new UsageError(
    `--nobody-called names wave ${wave}, and ${printAddress(campaign.address)} is about wave ${campaign.wave}`,
  );
}

import type { Loaded } from '../../input/load-campaign.ts';
import type { Campaign } from '../../model/campaign.ts';
import { printAddress } from '../../model/campaign.ts';
import { renderDiagnostics } from '../../report/render-diagnostics.ts';
import type { Store } from '../../store/contract/store.ts';
import type { Invocation } from '../command.ts';
import type { Follow } from '../next-command.ts';
import { allowDeletesOption, showNumbersOption } from '../options.ts';
import { accountOf } from '../account-of.ts';
import type { Report } from '../report.ts';
import { screenOf } from '../screen.ts';
import { campaignRoot } from '../store.ts';
import { UsageError } from '../usage-error.ts';
import type { World } from '../world.ts';
import { namingOf } from './check-address.ts';
import { Findings } from './findings-error.ts';
import { afterAll, callSkipped } from './go-on.ts';
import { listReport } from './list-report.ts';
import {
  applyOption,
  approveOption,
  limitOption,
  maxDurationOption,
  newAddressOption,
  noWaitOption,
  nobodyCalledOption,
  takeOverOption,
} from './options.ts';
import { performRun } from './perform-run.ts';
import type { Rerun, RunRequest } from './run-request.ts';
import { runReport } from './run-report.ts';
import { runVoice } from './voice.ts';
import { listeningOf, webhookWords } from './webhook.ts';

/** What a command that calls a wave knows before it begins. */
export type Begun = {
  readonly loaded: Loaded;
  /** A file of it that is not as it was read any more. */
  readonly changed: () => Promise<string | undefined>;
  /** With the wave that is to be called. */
  readonly campaign: Campaign;
  readonly store: Store;
  /** What the wave repeats; left out: its recipients come from the file. */
  readonly rerun?: Rerun;
  /** Command lines to go on with; `run` is the command itself once more. */
  readonly follow: Follow;
};

/** Calls a wave with what the command line allows, and says how it ended. */
export async function runLoaded(invoked: Invocation, begun: Begun, world: World): Promise<Report> {
  const { loaded, campaign, follow } = begun;
  const { diagnostics, texts } = loaded;
  if (diagnostics.length > 0) {
    world.terminal.err(`${renderDiagnostics(diagnostics, texts, screenOf('stderr', world))}\n`);
  }
  const voice = runVoice(world);
  try {
    const { carried } = await performRun(await requestOf(invoked, begun, world), world, voice);
    const shown = { diagnostics, show: invoked.option(showNumbersOption) };
    const parent = begun.rerun?.parent;
    const here = { ...world, follow };
    const follows = {
      follow,
      again: runAgain(invoked, follow),
      callSkipped: await callSkipped(campaign, here),
      afterAll: await afterAll(campaign, carried.counts, here),
    };
    return runReport(campaign, carried, { ...shown, parent, ...follows });
  } catch (error) {
    if (error instanceof Findings) return await listReport(error, loaded, invoked, world);
    throw error;
  } finally {
    voice.close();
  }
}

async function requestOf(invoked: Invocation, begun: Begun, world: World): Promise<RunRequest> {
  const { option } = invoked;
  const { campaign, changed, store, rerun, follow } = begun;
  const listening = listeningOf(invoked);
  const limit = option(limitOption);
  const maxDurationMs = option(maxDurationOption);
  return {
    campaign,
    changed,
    store,
    root: await campaignRoot(campaign, world.files),
    ...(rerun === undefined ? {} : { rerun }),
    ...(listening === undefined ? {} : { webhook: { ...listening, ...accountOf(campaign, world) } }),
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
    follow: runAgain(invoked, follow),
  };
}

/** The same once more with what was missing, as long as nothing came of it; other commands as usual. */
function runAgain(invoked: Invocation, follow: Follow): Follow {
  const { option, given } = invoked;
  const wave = option(nobodyCalledOption);
  const flags = [applyOption, takeOverOption, newAddressOption].filter((flag) => given(flag) === true);
  const deletes = option(allowDeletesOption);
  const allowed = deletes === undefined ? [] : ['--allow-deletes', String(deletes)];
  const same = [
    ...flags.map((flag) => flag.flags),
    ...(wave === undefined ? [] : ['--nobody-called', wave]),
    ...webhookWords(listeningOf(invoked)),
  ];
  return (command, extra = []) =>
    follow(
      command,
      command === 'run' ? [...same, ...(extra.includes('--allow-deletes') ? [] : allowed), ...extra] : extra,
    );
}

/** The wave's name has to be repeated, so that the word of one wave does not stay in a script for the next. @throws UsageError */
export function checkNobodyCalled({ option }: Invocation, campaign: Campaign): void {
  const wave = option(nobodyCalledOption);
  if (wave === undefined || wave === campaign.wave) return;
  throw new UsageError(
    `--nobody-called names wave ${wave}, and ${printAddress(campaign.address)} is about wave ${campaign.wave}`,
  );
}

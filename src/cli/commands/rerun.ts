import { printAddress, type Campaign } from '../../model/campaign.ts';
import { watchedFiles } from '../../input/watched-files.ts';
import { renderRerunOfNobody } from '../../report/render-rerun-of-nobody.ts';
import { openSqlite } from '../../store/sqlite/open.ts';
import type { Store } from '../../store/contract/store.ts';
import type { Invocation } from '../command.ts';
import { findingsReport } from '../findings-report.ts';
import { Halt } from '../halt.ts';
import { load, refusal } from '../load.ts';
import { loadManifest, type LoadedManifest } from '../manifest/load-manifest.ts';
import { readResults } from '../manifest/read-results.ts';
import { nextCommand, type Follow } from '../next-command.ts';
import { onlyCampaign } from '../only-campaign.ts';
import { storeOption } from '../options.ts';
import { accountOf } from '../account-of.ts';
import type { Report } from '../report.ts';
import { checkConfiguration } from '../rerun/check-configuration.ts';
import { findCampaign } from '../rerun/find-campaign.ts';
import { rerunFollow } from '../rerun/follow.ts';
import { frozenList } from '../rerun/frozen-list.ts';
import { allowChangedOption, onlyOption } from '../rerun/options.ts';
import { nobodyCalled } from '../rerun/nobody-called.ts';
import { checkOver, parentWave, type ParentWave } from '../rerun/parent-wave.ts';
import { rerunOf } from '../rerun/rerun-of.ts';
import { rerunAgain } from '../run/go-on.ts';
import { Findings } from '../run/findings-error.ts';
import { checkNobodyCalled, runLoaded } from '../run/run-loaded.ts';
import { listeningOf } from '../run/webhook.ts';
import { resolveStore } from '../store.ts';
import { UsageError } from '../usage-error.ts';
import type { World } from '../world.ts';

/** Calls some recipients of a wave again, in a new wave, with the inputs that were frozen for them. */
export async function rerun(invoked: Invocation, world: World): Promise<Report> {
  const [written = '', path] = invoked.args;
  const only = invoked.option(onlyOption);
  if (only === undefined) throw new UsageError('rerun needs --only, such as --only failed,no_answer');
  listeningOf(invoked);
  try {
    const manifest = await loadManifest(written, world);
    await checkResults(manifest, world);
    const hint = nextCommand('rerun', invoked, [written, 'PATH'], ['--only', only.join(',')]);
    const file = await findCampaign(manifest, path, { ...world, hint });
    return await rerunManifest(invoked, { manifest, only, file }, world);
  } catch (error) {
    if (error instanceof Findings) return findingsReport(error.diagnostics, new Map());
    throw error;
  }
}

/** Results that are not there say nothing against the manifest: whom to call, the store knows. */
async function checkResults(manifest: LoadedManifest, world: World): Promise<void> {
  if ((await world.files.info(manifest.results)) !== undefined) await readResults(manifest, world, () => undefined);
}

type Asked = {
  readonly manifest: LoadedManifest;
  readonly only: NonNullable<ReturnType<(typeof onlyOption)['read']>>;
  /** The campaign file. */
  readonly file: string;
};

async function rerunManifest(invoked: Invocation, asked: Asked, world: World): Promise<Report> {
  const { manifest, only, file } = asked;
  const { environment } = manifest.manifest.wave;
  const named = { ...invoked, args: [file] };
  const files = watchedFiles(world.files);
  const loaded = await load(named, { ...world, files }, { secrets: 'needed', base: 'refused', environment });
  const refused = refusal(loaded, 'findings', {});
  if (refused !== undefined) return refused;
  const campaign = onlyCampaign('rerun', loaded.campaigns);
  const { account } = accountOf(campaign, world);
  const storeNamed = invoked.option(storeOption);
  const storePath = await resolveStore({ named: storeNamed, files: [campaign.path], calls: account.origins }, world);
  if ((await world.files.info(storePath)) === undefined) {
    throw new Halt('conflict', 'there is no store that knows of the wave', [
      'name the store that ran it with --store or CALLPLAN_STORE',
    ]);
  }
  const store = await openSqlite(storePath, { ...world, create: false });
  try {
    await checkSame(manifest, campaign, store);
    const wave = await parentWave(manifest, { address: campaign.address, only }, store);
    const follow = rerunFollow(invoked, { file, environment, wave: wave.wave, parent: wave.parent.wave });
    if (!invoked.option(allowChangedOption)) checkConfiguration(manifest, campaign, follow);
    const again = { ...campaign, wave: wave.wave };
    checkNobodyCalled(invoked, again);
    await checkOver(wave, campaign, { store, follow });
    const nobody = await nobodyReport({ campaign: again, wave, store, follow }, world);
    if (nobody !== undefined) return nobody;
    const made = rerunOf({ campaign: again, manifest, wave, store, follow }, world);
    return await runLoaded(
      named,
      { loaded, changed: files.changed, campaign: again, store, rerun: made, follow },
      world,
    );
  } finally {
    await store.close();
  }
}

/** The file must be of the campaign that was called; a campaign that was renamed since took its record along. @throws Halt */
async function checkSame(
  { manifest, file }: LoadedManifest,
  { address, file: path }: Campaign,
  store: Store,
): Promise<void> {
  const of = printAddress(manifest.wave);
  const now = printAddress(address);
  if (of === now || (await store.formerly(now)).includes(of)) return;
  throw new Halt('conflict', `${file} is of ${of}, and ${path} is ${now}`, [
    'name the file of that campaign; one that was renamed is run with --renamed-from first',
  ]);
}

type Chosen = {
  readonly campaign: Campaign;
  readonly wave: ParentWave;
  readonly store: Store;
  readonly follow: Follow;
};

/** Where nobody is left to be called, and the wave was never begun, nothing is asked of anybody. */
async function nobodyReport({ campaign, wave, store, follow }: Chosen, world: World): Promise<Report | undefined> {
  if ((await store.wave(printAddress(campaign.address), wave.wave)) !== undefined) return undefined;
  const list = frozenList(wave, store);
  for await (const page of list.rows()) if (page.length > 0) return undefined;
  const report = nobodyCalled(campaign, wave.parent, list.leftOut());
  const { only } = wave.parent;
  const reruns = await Promise.all(
    list.callers().map((caller) => rerunAgain(campaign, { wave: caller, only }, { ...world, follow })),
  );
  return {
    endings: ['done'],
    kind: 'run',
    data: report,
    text: (view) => renderRerunOfNobody(report, view),
    next: reruns.length > 0 ? reruns : [follow('status-parent')],
  };
}

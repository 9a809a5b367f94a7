/**
 * Our side of the wave: what `callplan run` does, from loading the campaign to its results, but that calls are asked for
 * at once. A campaign file cannot say that: its shortest wait is a second, and a wait is no cost.
 * Usage: engine.mjs DIST CAMPAIGN APPROVED STORE
 */
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';

const [dist, path, approved, storePath] = process.argv.slice(2);

/** Modules of the built package. */
const load = (name) => import(new URL(name, pathToFileURL(`${dist}/`)).href);

const [
  { systemWorld },
  { loadCampaigns },
  { findProvider },
  { openSqlite },
  { performRun },
  { runVoice },
  { openProviders },
  { boundYoungGeneration },
] = await Promise.all([
  load('system/world.js'),
  load('input/load-campaign.js'),
  load('providers/registry.js'),
  load('store/sqlite/open.js'),
  load('cli/run/perform-run.js'),
  load('cli/run/voice.js'),
  load('cli/providers.js'),
  load('system/young-generation.js'),
]);

// As the command does.
boundYoungGeneration();

const system = systemWorld();
const world = { ...system, providers: await openProviders([], system) };
const loaded = await loadCampaigns({ paths: [path], secrets: 'needed', base: 'refused' }, world, findProvider);
const [campaign] = loaded.campaigns;
if (campaign === undefined) throw new Error(JSON.stringify(loaded.diagnostics));
const followUp = { ...campaign.execution.followUp, everyMs: 1 };
const store = await openSqlite(storePath, { ...world, create: true });
const voice = runVoice(world);
const { carried } = await performRun(
  {
    campaign: { ...campaign, execution: { ...campaign.execution, followUp } },
    store,
    apply: true,
    allowDeletes: undefined,
    approved: Number(approved),
    takeOver: false,
    nobodyCalled: false,
    naming: { newAddress: false, renamedFrom: undefined },
    root: dirname(storePath),
    alone: false,
    options: { wait: true },
    follow: () => '',
  },
  world,
  voice,
);
voice.close();
await store.close();
process.stdout.write(`${JSON.stringify(carried.counts.states)}\n`);

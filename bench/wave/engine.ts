/**
 * Our side of the wave: what `callplan run` does, from loading the campaign to its results, but that calls are asked for
 * at once. A campaign file cannot say that: its shortest wait is a second, and a wait is no cost. It is bundled as the
 * program is.
 * Usage: engine.js CAMPAIGN APPROVED STORE
 */
import { dirname } from 'node:path';
import { openProviders } from '../../src/cli/providers.ts';
import { performRun } from '../../src/cli/run/perform-run.ts';
import { runVoice } from '../../src/cli/run/voice.ts';
import { loadCampaigns } from '../../src/input/load-campaign.ts';
import { findProvider } from '../../src/providers/registry.ts';
import { openSqlite } from '../../src/store/sqlite/open.ts';
import { systemWorld } from '../../src/system/world.ts';
import { boundYoungGeneration } from '../../src/system/young-generation.ts';

const [path = '', approved = '', storePath = ''] = process.argv.slice(2);

// As the command does.
boundYoungGeneration();

const system = systemWorld();
const world = { ...system, providers: await openProviders([], system), reach: undefined };
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

/**
 * How fast each provider's path dispatches: whole runs against its sandbox in this process, calls that end at once and are
 * asked for at once, the sandbox's own time taken off. The slowest beside the fastest.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openProviders } from '../src/cli/providers.ts';
import { performRun } from '../src/cli/run/perform-run.ts';
import { loadCampaigns } from '../src/input/load-campaign.ts';
import type { Http } from '../src/ports.ts';
import { findProvider } from '../src/providers/registry.ts';
import { sandboxes, type SandboxKind } from '../src/sandbox/registry.ts';
import { seededRandom } from '../src/sandbox/seeded-random.ts';
import { openSqlite } from '../src/store/sqlite/open.ts';
import { systemWorld } from '../src/system/world.ts';
import type { Figure } from './figure.ts';
import { median } from './measure.ts';

const calls = 3_000;
const rounds = 5;
const useCase = '65f2c01e9a4b7d3308e1f6c2';

/** What each campaign says of its provider, resource and call; all else is the same. */
const blocks: Readonly<Record<string, string>> = {
  intron: `provider: {type: intron, api_key: "\${env.KEY}", base_url: "http://127.0.0.1:9/voicebot/v1"}
workflow: {name: Recall, workflow_type: ROBOCALL, message: "Hello {{name}}"}`,
  happyrobot: `provider: {type: happyrobot, api_key: "\${env.KEY}", base_url: "http://127.0.0.1:9/api/v1"}
use_case: {id: ${useCase}}
call: {number_id: 65f2c01e9a4b7d3308e1f6d1, params: {name: "{{name}}"}}`,
  voiceos: `provider: {type: voiceos, api_key: "\${env.KEY}", base_url: "http://127.0.0.1:9"}
agent: {prompt: "Hello {{name}}"}
call: {from_number: "+15550100199"}`,
  vocode: `provider: {type: vocode, api_key: "\${env.KEY}", base_url: "http://127.0.0.1:9"}
agent: {name: Recall, prompt: {content: "Hello {{name}}"}, voice: {type: voice_azure, voice_name: en-US-AriaNeural}}
call: {from_number: "15550100199"}`,
};

export async function benchDispatch(): Promise<readonly Figure[]> {
  const seconds = new Map<string, number[]>();
  // The first round warms up.
  for (let round = 0; round <= rounds; round += 1) {
    for (const [provider, kind] of Object.entries(sandboxes)) {
      const taken = await runOnce(provider, kind);
      if (round > 0) seconds.set(provider, [...(seconds.get(provider) ?? []), taken]);
    }
  }
  const each = [...seconds].map(([provider, taken]) => ({ provider, taken: median(taken) }));
  const times = each.map(({ taken }) => taken);
  const of = each.map(({ provider, taken }) => `${provider} ${String(Math.round(calls / taken))}/s`).join(', ');
  return [
    {
      name: 'dispatch, slowest provider',
      value: Math.max(...times) / Math.min(...times),
      unit: 'times',
      atMost: 1.25,
      of,
    },
  ];
}

/** Seconds from the first call on, without those of the sandbox: a provider without a mark makes a run settle before. */
async function runOnce(provider: string, kind: SandboxKind): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'callplan-bench-'));
  try {
    await writeFile(join(folder, 'people.csv'), peopleCsv());
    await writeFile(join(folder, 'campaign.yaml'), campaignYaml(blocks[provider] ?? ''));
    const system = systemWorld();
    const sandbox = kind.open({
      clock: system.clock,
      random: seededRandom(1),
      callMs: 0,
      callsPerSecond: 0,
      life: { shares: { answered: 1 } },
      resource: { id: useCase, fields: {} },
      log: (line) => {
        if (line.includes('"calls":')) timed.begin();
      },
    });
    const timed = stopwatch(sandbox.http);
    const world = {
      ...system,
      http: timed.http,
      env: { KEY: 'made-up' },
      cwd: folder,
      providers: await openProviders([], system),
      reach: undefined,
    };
    const loaded = await loadCampaigns({ paths: [folder], secrets: 'needed', base: 'refused' }, world, findProvider);
    const [campaign] = loaded.campaigns;
    if (campaign === undefined) throw new Error(JSON.stringify(loaded.diagnostics));
    const followUp = { ...campaign.execution.followUp, everyMs: 1 };
    const store = await openSqlite(join(folder, 'store.db'), { ...world, create: true });
    const request = {
      campaign: { ...campaign, execution: { ...campaign.execution, followUp } },
      store,
      root: folder,
      apply: true,
      allowDeletes: undefined,
      approved: calls,
      takeOver: false,
      nobodyCalled: false,
      naming: { newAddress: false, renamedFrom: undefined },
      alone: true,
      options: { wait: true },
      follow: () => '',
    };
    const { carried } = await performRun(request, world, silent);
    const tookMs = timed.tookMs();
    await store.close();
    if (carried.counts.states['done'] !== calls) throw new Error(`${provider}: ${JSON.stringify(carried.counts)}`);
    return tookMs / 1000;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const silent = { say: () => undefined, news: () => undefined, show: () => undefined };

/** Runs while a sandbox does not: it answers within the call that asks it. */
function stopwatch(http: Http): { readonly http: Http; readonly begin: () => void; readonly tookMs: () => number } {
  let beganMs: number | undefined;
  let spentMs = 0;
  return {
    http: (request, signal) => {
      const askedMs = performance.now();
      const exchange = http(request, signal);
      if (beganMs !== undefined) spentMs += performance.now() - Math.max(askedMs, beganMs);
      return exchange;
    },
    begin: () => {
      beganMs ??= performance.now();
    },
    tookMs: () => performance.now() - (beganMs ?? 0) - spentMs,
  };
}

function peopleCsv(): string {
  const rows = Array.from(
    { length: calls },
    (_, index) => `GR-${String(index)},Ada,+23480${String(30_000_000 + index)}\n`,
  );
  return `plate,name,phone\n${rows.join('')}`;
}

function campaignYaml(block: string): string {
  return `version: 1
campaign: garage-recall
wave: "2026-11"
${block}
recipients:
  from: [{csv: people.csv}]
  id: "{{plate}}"
  phone: "{{phone}}"
execution: {concurrency: 1000, rate: 100000/s, windows: always, follow_up: {every: 1s, for: 1h}, look_up: {settle: 1s}}
`;
}

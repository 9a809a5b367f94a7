/**
 * What the gates cost: a thousand people are admitted at once, all of them let through, with every gate that a campaign can have
 * and with none. Admission is the engine's own, with its commit; each round is a wave of its own, to people who were called once before.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openProviders } from '../src/cli/providers.ts';
import { accountOf } from '../src/cli/account-of.ts';
import { loadCampaigns } from '../src/input/load-campaign.ts';
import { zonesOfRecipients } from '../src/input/zones-of.ts';
import { advance } from '../src/ledger/advance.ts';
import { tallyingOf } from '../src/ledger/tallying.ts';
import { placeOf } from '../src/model/place-of.ts';
import type { E164, Recipient } from '../src/model/recipient.ts';
import { recipientTag } from '../src/model/reference.ts';
import { findProvider } from '../src/providers/registry.ts';
import { phoneSet } from '../src/recipients/phone-set.ts';
import { admit } from '../src/run/admit.ts';
import { pacesOf } from '../src/run/room.ts';
import type { RunContext } from '../src/run/context.ts';
import { engineClock } from '../src/run/engine-clock.ts';
import { Flow } from '../src/run/flow.ts';
import { openSqlite } from '../src/store/sqlite/open.ts';
import { systemWorld } from '../src/system/world.ts';
import type { Figure } from './figure.ts';
import { median } from './measure.ts';

const people = 1_000;
/** Called before the others. */
const canary = 10;
const rounds = 25;

export async function benchAdmission(): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'callplan-bench-'));
  try {
    const gated = await admission(folder, 'gated', gates);
    const bare = await admission(folder, 'bare', 'windows: always, batch_size: 50, concurrency: 1000, rate: 100000/s');
    const ms: Record<'gated' | 'bare', number[]> = { gated: [], bare: [] };
    // The first rounds warm up.
    for (let round = -3; round < rounds; round += 1) {
      const taken = { gated: await gated.round(round), bare: await bare.round(round) };
      if (round < 0) continue;
      ms.gated.push(taken.gated);
      ms.bare.push(taken.bare);
    }
    await gated.close();
    await bare.close();
    const [with_, without] = [median(ms.gated), median(ms.bare)];
    const perSecond = (each: number): string => Math.round((people * 1000) / each).toLocaleString('en');
    return [
      {
        name: 'admission with all gates',
        value: with_ / without,
        unit: 'times',
        atMost: 1.5,
        of: `${perSecond(with_)} people a second beside ${perSecond(without)} without`,
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Everything that may keep somebody from being called, and does not. */
const gates = `
  windows: [{days: [mon, tue, wed, thu, fri, sat, sun], from: "00:00", to: "24:00"}]
  holidays: [2020-12-25, 2021-12-25]
  start_at: "2020-01-01T00:00:00Z"
  end_at: "2099-12-31T00:00:00Z"
  expire_after: 30d
  batch_size: 50
  concurrency: 1000
  rate: 100000/s
  attempts: {max: 3, retry: {no_answer: [30m, 2h]}, another_time: 3h}
  canary: {calls: 10, stop_when: {failed: 20%}}
  stop_when: {failed: 25%, of_last: 100}
  budget: {calls: 1000000, minutes: 100000000}
  per_person: [{calls: 3, per: 24h}, {calls: 5, per: 30d, in: campaign}]`;

async function admission(
  folder: string,
  name: string,
  execution: string,
): Promise<{ readonly round: (round: number) => Promise<number>; readonly close: () => Promise<void> }> {
  const system = systemWorld();
  const world = { ...system, env: { KEY: 'made-up' }, cwd: folder, providers: await openProviders([], system) };
  const path = join(folder, `${name}.campaign.yaml`);
  await writeFile(path, campaignYaml(name, execution));
  const loaded = await loadCampaigns({ paths: [path], secrets: 'needed', base: 'refused' }, world, findProvider);
  const [campaign] = loaded.campaigns;
  if (campaign === undefined) throw new Error(JSON.stringify(loaded.diagnostics));
  const store = await openSqlite(join(folder, `${name}.db`), { ...world, create: true });
  const address = `${name}/default`;
  const lease = await store.acquire(address, { hostname: 'bench', pid: 1, started: '', command: 'bench' }, 1);
  if (lease.kind === 'busy') throw new Error('held');
  const { fence } = lease;
  if (name === 'gated')
    await store.addOptOuts(
      Array.from({ length: 10_000 }, (_, index) => phoneOf(500_000 + index)),
      { atMs: 1, by: 'bench' },
    );
  const suppressed = phoneSet();
  for (let index = 0; index < 100_000; index += 1) suppressed.add(phoneOf(600_000 + index));
  const base = {
    campaign,
    ...accountOf(campaign, world),
    accountKey: 'bench',
    remote: { clockSkewMs: () => 0, clockJumpMs: () => 0 },
    store,
    lease: { isValid: () => true },
    live: { id: 'workflow', fields: {} },
    suppression: { has: name === 'gated' ? suppressed.has : () => false, refresh: () => Promise.resolve(undefined) },
    tallying: tallyingOf(campaign.execution, () => Date.now()),
    zonesOf: await zonesOfRecipients(campaign),
    clock: world.clock,
    time: engineClock(world.clock),
    random: world.random,
    options: { wait: true },
  };
  return {
    close: () => store.close(),
    round: async (round) => {
      await admitWave(`before-${String(round)}`, round);
      return admitWave(`wave-${String(round)}`, round);
    },
  };

  /** Milliseconds of the admission of everybody. */
  async function admitWave(wave: string, round: number): Promise<number> {
    const scope = await store.openWave(address, wave, fence, Date.now());
    // What an admission asks for of all that a run shares.
    const context = { ...base, campaign: { ...campaign, wave }, scope } as unknown as RunContext;
    await enrol(context, round);
    await callAll({ ...context, options: { wait: true, limit: canary } }, canary);
    return callAll(context, people - canary);
  }
}

/** Milliseconds of an admission; its calls are over at once, and count from then on. */
async function callAll(context: RunContext, expected: number): Promise<number> {
  const flow = new Flow(Date.now(), pacesOf(context));
  const beganMs = performance.now();
  const batches = await admit(context, flow, Promise.resolve());
  const tookMs = performance.now() - beganMs;
  const admitted = batches.flatMap((batch) => batch.admitted);
  if (admitted.length !== expected) throw new Error(`${String(admitted.length)} of ${String(expected)} were admitted`);
  await end(context, admitted);
  return tookMs;
}

async function enrol({ store, scope, campaign, zonesOf }: RunContext, round: number): Promise<void> {
  await store.enrol(scope, rows((round + 10) * people), {
    callEach: false,
    placeOf: (recipient) => placeOf(zonesOf(recipient)),
    tagOf: (key) => recipientTag(campaign.address, campaign.wave, key),
    nowMs: Date.now(),
  });
}

/** Half of them name their zone; of the others the number tells it. */
async function* rows(from: number): AsyncIterable<readonly Recipient[]> {
  const zones = ['Africa/Lagos', 'America/New_York', 'Asia/Kolkata', 'Europe/London'];
  yield Array.from({ length: people }, (_, index) => {
    const zone = index % 2 === 0 ? zones[index % zones.length] : undefined;
    return {
      key: `GC-${String(index)}`,
      phone: phoneOf(from + index),
      ...(zone !== undefined && { zone }),
      notBeforeMs: 1,
      notAfterMs: Date.UTC(2099, 1, index % 28),
      row: { appointment_id: `GC-${String(index)}`, name: 'Ada' },
      variables: { patient_name: 'Ada' },
      call: { tts_voice_accent: 'pidgin' },
      source: { source: 'recipients.csv', line: index + 2 },
      suppressed: false,
    };
  });
}

/** All calls are over before the next wave, and count for the caps. */
async function end(
  { store, scope, campaign, tallying }: RunContext,
  admitted: readonly { readonly attempt: Parameters<typeof advance>[0] }[],
): Promise<void> {
  const nowMs = Date.now();
  const steps = admitted.map(({ attempt }) =>
    advance(attempt, { kind: 'ended', outcome: 'answered', seconds: 20 }, campaign.execution, {
      nowMs,
      wallMs: nowMs,
      jitter: 0.5,
      voidWaitMs: 0,
    }),
  );
  await store.record(scope, steps, { nowMs, wallMs: nowMs, tallying });
}

function phoneOf(index: number): E164 {
  return (index % 4 === 1 ? `+1212${String(2_000_000 + index)}` : `+23480${String(30_000_000 + index)}`) as E164;
}

function campaignYaml(name: string, execution: string): string {
  return `version: 1
campaign: ${name}
wave: "2026-11"
provider: {type: intron, api_key: "\${env.KEY}", base_url: "http://127.0.0.1:9/voicebot/v1"}
workflow: {name: Reminder, workflow_type: ROBOCALL, message: "Hello {{patient_name}}"}
recipients:
  from: [{rows: [{id: "1", mobile: "+2348030000001", patient_name: Ada}]}]
  id: "{{id}}"
  phone: "{{mobile}}"
execution: ${execution.startsWith('\n') ? execution : `{${execution}}`}
`;
}

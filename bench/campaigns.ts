/** plan and first apply of many campaigns of one account, beside a bare loop that makes the same requests. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Figure } from './figure.ts';
import { beside, measure, stub } from './measure.ts';

type Cost = { readonly plan: number; readonly apply: number; readonly planPeer: number; readonly applyPeer: number };

export async function benchCampaigns(): Promise<readonly Figure[]> {
  const few = await cost(1_000);
  const many = await cost(5_000);
  return [
    beside1000('plan of 1,000 campaigns', few.plan, few.planPeer),
    beside1000('first apply of 1,000 campaigns', few.apply, few.applyPeer),
    growth('plan of 5,000 to 1,000', many.plan, few.plan),
    growth('first apply of 5,000 to 1,000', many.apply, few.apply),
  ];
}

/** Seconds of whole processes: an apply, then a plan without changes. */
async function cost(campaigns: number): Promise<Cost> {
  const folder = await mkdtemp(join(tmpdir(), 'callplan-bench-'));
  try {
    await using server = await stub();
    await writeCampaigns(folder, server.base, campaigns);
    const bin = beside('../dist/bin.js');
    const applied = await measure([bin, 'apply', 'campaigns', '--auto-approve'], folder);
    const planned = await measure([bin, 'plan', 'campaigns'], folder);
    const loop = beside('plan/loop.mjs');
    const planPeer = await measure([loop, server.base, 'plan', String(campaigns)]);
    await using fresh = await stub();
    const applyPeer = await measure([loop, fresh.base, 'apply', String(campaigns)]);
    return { plan: planned.seconds, apply: applied.seconds, planPeer: planPeer.seconds, applyPeer: applyPeer.seconds };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function beside1000(name: string, ours: number, theirs: number): Figure {
  return {
    name,
    value: ours / theirs,
    unit: 'times',
    of: `${ours.toFixed(2)} s beside ${theirs.toFixed(2)} s of an undici loop`,
  };
}

function growth(name: string, many: number, few: number): Figure {
  return { name, value: many / few, unit: 'times', atMost: 5.5, of: `${many.toFixed(2)} s to ${few.toFixed(2)} s` };
}

async function writeCampaigns(folder: string, base: string, campaigns: number): Promise<void> {
  await mkdir(join(folder, 'campaigns'));
  await mkdir(join(folder, '.git'));
  await writeFile(join(folder, 'campaigns', 'people.csv'), 'plate,name,phone\nGR-1,Ada,+2348030000001\n');
  for (let index = 0; index < campaigns; index += 1) {
    await writeFile(join(folder, 'campaigns', `${String(index)}.campaign.yaml`), campaignYaml(base, index));
  }
}

function campaignYaml(base: string, index: number): string {
  return `version: 1
campaign: recall-${String(index)}
wave: "2026-11"
provider: {type: intron, api_key: "\${env.INTRON_API_KEY}", base_url: "${base}"}
workflow: {name: Recall ${String(index)}, workflow_type: ROBOCALL, message: "Hello {{name}}"}
recipients:
  from: [{csv: people.csv}]
  id: "{{plate}}"
  phone: "{{phone}}"
execution: {windows: always}
`;
}

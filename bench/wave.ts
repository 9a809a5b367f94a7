/** A durable run of single-recipient dispatches, with the status of each, beside a script that remembers nothing. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Figure } from './figure.ts';
import { beside, measure, median, stub, type Measured } from './measure.ts';

/** Unfinished calls at once: the more, the more of them share a commit. */
const concurrencies = [50, 300, 1_000];

export async function benchWave(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  const folder = await mkdtemp(join(tmpdir(), 'callplan-bench-'));
  try {
    execFileSync(process.execPath, [beside('wave/bundle.ts'), folder]);
    const engine = join(folder, 'engine.js');
    for (const concurrency of concurrencies) figures.push(...(await compare(engine, 5_000, concurrency)));
    return figures;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const rounds = 7;

async function compare(program: string, calls: number, concurrency: number): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'callplan-bench-'));
  try {
    const list = join(folder, 'people.csv');
    await writeFile(list, peopleCsv(calls));
    const ours: Measured[] = [];
    const theirs: Measured[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const own = join(folder, String(round));
      ours.push(
        await beforeStub(async (base) => {
          await writeFile(`${own}.yaml`, campaignYaml(base, concurrency));
          return [program, `${own}.yaml`, String(calls), `${own}.db`];
        }, folder),
      );
      theirs.push(
        await beforeStub((base) => Promise.resolve([beside('wave/script.mjs'), base, list, String(concurrency)])),
      );
    }
    const name = `durable run, ${String(concurrency)} at once`;
    return [
      ratio(`${name}: wall`, [ours, theirs], { of: (run) => run.seconds, atMost: 1, unit: 's' }),
      ratio(`${name}: memory`, [ours, theirs], { of: (run) => run.peakMb, atMost: 0.8, unit: 'MB' }),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Every program meets a stub that has served nobody: one that has is faster. */
async function beforeStub(argsFor: (base: string) => Promise<readonly string[]>, folder?: string): Promise<Measured> {
  await using server = await stub();
  return await measure(await argsFor(server.base), folder);
}

/** The middle of the ratios of each round: a machine that becomes slower between two rounds does so for both. */
function ratio(
  name: string,
  [ours, theirs]: readonly [readonly Measured[], readonly Measured[]],
  { of, atMost, unit }: { readonly of: (run: Measured) => number; readonly atMost: number; readonly unit: string },
): Figure {
  const value = median(ours.map((run, round) => of(run) / of(theirs[round] ?? run)));
  const [own, peer] = [ours, theirs].map((runs) => `${median(runs.map(of)).toFixed(2)} ${unit}`);
  return {
    name,
    value,
    unit: 'times',
    atMost,
    of: `${own ?? ''} against ${peer ?? ''} of fetch + p-limit + csv-parse`,
  };
}

function peopleCsv(calls: number): string {
  const rows = Array.from(
    { length: calls },
    (_, index) => `GR-${String(index)},Ada,+23480${String(30_000_000 + index)}\n`,
  );
  return `plate,name,phone\n${rows.join('')}`;
}

function campaignYaml(base: string, concurrency: number): string {
  return `version: 1
campaign: garage-recall
wave: "2026-11"
provider: {type: intron, api_key: "\${env.INTRON_API_KEY}", base_url: "${base}"}
workflow: {name: Recall, workflow_type: ROBOCALL, message: "Hello {{name}}"}
recipients:
  from: [{csv: people.csv}]
  id: "{{plate}}"
  phone: "{{phone}}"
execution: {concurrency: ${String(concurrency)}, rate: 100000/s, windows: always, follow_up: {every: 1s, for: 1h}, look_up: {settle: 1s}}
`;
}

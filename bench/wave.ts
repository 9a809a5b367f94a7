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

const rounds = 5;

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
        await beforeStub(async (base) => [
          beside('wave/script.mjs'),
          base,
          await makeWorkflow(base),
          list,
          String(concurrency),
        ]),
      );
    }
    const seconds = [ours, theirs].map((runs) => median(runs.map((run) => run.seconds)));
    const peaks = [ours, theirs].map((runs) => median(runs.map((run) => run.peakMb)));
    return [
      ratio(`durable run, ${String(concurrency)} at once: wall`, seconds, { atMost: 1, unit: 's' }),
      ratio(`durable run, ${String(concurrency)} at once: memory`, peaks, { atMost: 0.8, unit: 'MB' }),
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

function ratio(
  name: string,
  [ours = 0, theirs = 1]: readonly number[],
  { atMost, unit }: { atMost: number; unit: string },
): Figure {
  const of = `${ours.toFixed(2)} ${unit} against ${theirs.toFixed(2)} ${unit} of fetch + p-limit + csv-parse`;
  return { name, value: ours / theirs, unit: 'times', atMost, of };
}

async function makeWorkflow(base: string): Promise<string> {
  const body = JSON.stringify({ name: 'Recall', workflow_type: 'ROBOCALL', message: 'Hello [name]' });
  const answer = await fetch(`${base}/workflows`, { method: 'POST', body });
  const { data } = (await answer.json()) as { readonly data: { readonly id: string } };
  return data.id;
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

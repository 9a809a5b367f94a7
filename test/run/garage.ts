/** A garage's recall on the real engine, under a clock that jumps, against the sandbox. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { main } from '../../src/cli/main.ts';
import type { Http } from '../../src/ports.ts';
import type { Faults } from '../../src/sandbox/faults.ts';
import { intronSandbox } from '../../src/sandbox/intron.ts';
import type { LifeScript } from '../../src/sandbox/life.ts';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import { world, type FakeWorld } from '../support/world.ts';

export type GarageOptions = {
  readonly people: number;
  readonly faults?: Faults;
  readonly life?: LifeScript;
  /** The lines below `execution`. */
  readonly execution?: readonly string[];
  /** Comes between the run and the sandbox. */
  readonly between?: (http: Http, garage: () => Garage) => Http;
};

export type Ran = { readonly exit: number; readonly stdout: string; readonly stderr: string };

export type Garage = AsyncDisposable & {
  readonly world: FakeWorld;
  /** Runs a command line. */
  readonly callplan: (...argv: readonly string[]) => Promise<Ran>;
  /** `run` with everything approved. */
  readonly run: (...options: readonly string[]) => Promise<Ran>;
  /** The file is about another wave from now on. */
  readonly nameWave: (wave: string) => Promise<void>;
  /** The file has other lines below `execution` from now on. */
  readonly execute: (execution: readonly string[]) => Promise<void>;
  /** Another file of the same store is about another campaign and the same people. */
  readonly open: (campaign: string) => Promise<string>;
  /** The file names a list of those who are not to be called. */
  readonly suppressFrom: (list: string) => Promise<void>;
  /** A file that the run of a wave wrote, as text. */
  readonly written: (wave: string, name: 'manifest.json' | 'results.jsonl') => Promise<string>;
  /** References of all calls that the sandbox placed. */
  readonly dials: () => readonly string[];
};

export const firstWave = '2026-11';

export function isPlacing({ method, url }: { readonly method: string; readonly url: string }): boolean {
  return method === 'POST' && url.endsWith('/call');
}

/** @example await using garage = await openGarage({ people: 4 }) */
export async function openGarage(options: GarageOptions): Promise<Garage> {
  const { people, faults = {}, life = {}, execution = ['concurrency: 10', 'rate: 5/s'], between } = options;
  let sandbox: ReturnType<typeof intronSandbox> | undefined;
  let opened: Garage | undefined;
  const made = await world({
    env: { INTRON_API_KEY: 'made-up' },
    http: ({ clock }) => {
      sandbox = intronSandbox({ clock, random: seededRandom(3), faults, life });
      return between?.(sandbox.http, () => garageOf(opened)) ?? sandbox.http;
    },
  });
  const write = (wave: string) => writeFile(join(made.cwd, 'campaign.yaml'), campaign(wave, execution));
  const callplan: Garage['callplan'] = async (...argv) => {
    made.terminal.clear();
    const exit = await main(argv, made);
    return { exit, stdout: made.terminal.stdoutText(), stderr: made.terminal.stderrText() };
  };
  opened = {
    world: made,
    callplan,
    run: (...more) => callplan('run', 'campaign.yaml', '--apply', '--approve', String(people), ...more),
    nameWave: write,
    execute: (lines) => writeFile(join(made.cwd, 'campaign.yaml'), campaign(firstWave, lines)),
    open: async (name) => {
      const text = campaign(firstWave, execution).replaceAll('garage-recall', name);
      await writeFile(join(made.cwd, `${name}.campaign.yaml`), text);
      return `${name}.campaign.yaml`;
    },
    suppressFrom: async (list) => {
      const text = campaign(firstWave, execution);
      const named = text.replace('execution:', `  suppress: [{csv: ${list}}]\nexecution:`);
      await writeFile(join(made.cwd, 'campaign.yaml'), named);
    },
    written: (wave, name) => readFile(join(made.cwd, 'runs/garage-recall/default', wave, name), 'utf8'),
    dials: () => (sandbox?.snapshot().calls ?? []).map((call) => referenceOf(call['user_tag_identifiers'])),
    [Symbol.asyncDispose]: made[Symbol.asyncDispose],
  };
  await write(firstWave);
  await writeFile(join(made.cwd, 'people.csv'), peopleCsv(people));
  return opened;
}

function garageOf(garage: Garage | undefined): Garage {
  if (garage === undefined) throw new Error('the garage is not open yet');
  return garage;
}

function referenceOf(tags: unknown): string {
  return typeof tags === 'object' && tags !== null && 'callplan_ref' in tags ? String(tags.callplan_ref) : '';
}

function campaign(wave: string, execution: readonly string[]): string {
  return `version: 1
campaign: garage-recall
wave: "${wave}"
provider:
  type: intron
  api_key: \${env.INTRON_API_KEY}
  statuses: {TIMEOUT: no_answer, BUSY: busy, FAILED: failed, VOICEMAIL: voicemail}
workflow:
  name: Recall
  workflow_type: ROBOCALL
  message: Hello {{name}}, your car needs a new brake hose.
recipients:
  from: [{csv: people.csv}]
  id: "{{plate}}"
  phone: "{{phone}}"
execution:
  windows: always
${execution.map((line) => `  ${line}\n`).join('')}`;
}

function peopleCsv(people: number): string {
  const rows = Array.from({ length: people }, (_, index) => {
    const two = String(index).padStart(2, '0');
    return `GR-${two},Ada,+23480312340${two}`;
  });
  return `plate,name,phone\n${rows.join('\n')}\n`;
}

/** A campaign in a folder of its own, run as a process or looked into. */
import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { World } from '../../src/ports.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { runHere, start, type Command, type Ran, type StartOptions } from './processes.ts';

export type CampaignOptions = {
  readonly baseUrl: string;
  /** @default clinic-reminders */
  readonly name?: string;
  /** Where placing requests go, if not below the base. */
  readonly callUrl?: string;
  readonly type?: 'ROBOCALL' | 'CONVERSATION';
  /** The provider, resource and call blocks of another provider than Intron. */
  readonly blocks?: (baseUrl: string) => string;
  readonly batchSize?: number;
  readonly recipients?: number;
  readonly concurrency?: number;
  readonly rate?: string;
  readonly settle?: string;
  /** @default {every: 1s, for: 2m} */
  readonly followUp?: string;
  /** Further lines of `execution`, each with its two blanks. */
  readonly execution?: readonly string[];
};

/** One line of results.jsonl. */
export type Result = {
  readonly recipient: string;
  readonly state: string;
  readonly reason?: string;
  readonly outcome?: string;
  readonly attempts: readonly { readonly n: number; readonly state: string; readonly evidence: readonly string[] }[];
};

export type TestCampaign = AsyncDisposable & {
  readonly folder: string;
  readonly storePath: string;
  readonly run: (args?: readonly string[], options?: Omit<StartOptions, 'cwd'>) => Command;
  /** A run that nobody ends, in this process. */
  readonly runHere: (args?: readonly string[], world?: Partial<World>) => Promise<Ran>;
  /** Writes the list: so many rows, under this header for the id. */
  readonly list: (rows: number, idColumn?: string) => Promise<void>;
  readonly results: () => readonly Result[];
  readonly manifest: () => { readonly wave: { readonly status: string } };
  /** Attempts of which the ledger does not know whether they were sent. */
  readonly intents: () => number;
  /** A copy of the store as it is now, as a backup makes one. */
  readonly backUp: (name: string) => void;
  /** Puts the copy in the store's place; undefined: no store at all. */
  readonly restore: (name: string | undefined) => void;
};

/** Everybody's name in the lists: no output may hold it. */
export const secretName = 'Adaeze-Nwosu';

const firstColumn = 'appointment';
const firstName = 'clinic-reminders';

export const waveName = '2026-11-24';

/** The n-th recipient's number, from 1 on. */
export function phoneOf(n: number): string {
  return `+23480300${String(n).padStart(5, '0')}`;
}

export async function testCampaign(options: CampaignOptions): Promise<TestCampaign> {
  const temporary = await temporaryFolder();
  const folder = temporary.path;
  const storePath = join(folder, '.callplan', 'callplan.db');
  const list: TestCampaign['list'] = async (rows, idColumn = firstColumn) => {
    await writeFile(join(folder, 'recipients.csv'), listText(rows, idColumn));
    await writeFile(join(folder, 'campaign.yaml'), campaignText(options, idColumn));
  };
  await list(options.recipients ?? 20);
  const results = `${folder}/runs/${options.name ?? firstName}/default/${waveName}`;
  return {
    folder,
    storePath,
    list,
    run: (args = [], how = {}) => start(['run', 'campaign.yaml', ...args], { ...how, cwd: folder }),
    runHere: (args = [], world = {}) => runHere(['run', 'campaign.yaml', ...args], { ...world, cwd: folder }),
    results: () =>
      readFileSync(`${results}/results.jsonl`, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Result),
    manifest: () =>
      JSON.parse(readFileSync(`${results}/manifest.json`, 'utf8')) as ReturnType<TestCampaign['manifest']>,
    intents: () => {
      if (!existsSync(storePath)) return 0;
      const store = new DatabaseSync(storePath, { readOnly: true });
      const isMade = store.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'attempt'").get() !== undefined;
      const row = isMade ? store.prepare("SELECT count(*) AS n FROM attempt WHERE state = 'intent'").get() : undefined;
      store.close();
      return Number(row?.['n'] ?? 0);
    },
    backUp: (name) => {
      const store = new DatabaseSync(storePath, { readOnly: true });
      store.exec(`VACUUM INTO '${join(folder, name)}'`);
      store.close();
    },
    restore: (name) => {
      for (const ending of ['', '-wal', '-shm']) rmSync(`${storePath}${ending}`, { force: true });
      if (name !== undefined) copyFileSync(join(folder, name), storePath);
    },
    [Symbol.asyncDispose]: () => temporary[Symbol.asyncDispose](),
  };
}

/** So many recipients as CSV. */
export function listText(rows: number, idColumn: string = firstColumn): string {
  const lines = Array.from(
    { length: rows },
    (_, at) => `${idColumn}-${String(at + 1)},${phoneOf(at + 1)},${secretName}`,
  );
  return `${[`${idColumn},mobile,name`, ...lines].join('\n')}\n`;
}

/** The campaign's file. */
export function campaignText(options: CampaignOptions, idColumn: string = firstColumn): string {
  const {
    name = firstName,
    type = 'ROBOCALL',
    baseUrl,
    callUrl,
    batchSize = 1,
    concurrency = 20,
    rate = '50/s',
    settle = '2s',
  } = options;

  return `version: 1
campaign: ${name}
wave: "${waveName}"
${options.blocks?.(baseUrl) ?? intronBlocks({ type, baseUrl, callUrl })}
recipients:
  from: [{csv: recipients.csv}]
  id: "{{${idColumn}}}"
  phone: "{{mobile}}"
execution:
  concurrency: ${String(concurrency)}
  rate: ${rate}
  batch_size: ${String(batchSize)}
  windows: always
  follow_up: ${options.followUp ?? '{every: 1s, for: 2m}'}
  look_up: {settle: ${settle}}
${(options.execution ?? []).join('\n')}
`;
}

function intronBlocks({
  type,
  baseUrl,
  callUrl,
}: {
  readonly type: string;
  readonly baseUrl: string;
  readonly callUrl: string | undefined;
}): string {
  return `provider:
  type: intron
  api_key: \${env.INTRON_API_KEY}
  base_url: ${baseUrl}
  statuses: {TIMEOUT: no_answer, BUSY: busy, FAILED: failed, VOICEMAIL: voicemail}
${callUrl === undefined ? '' : `  call_url: ${callUrl}\n`}workflow:
  name: Clinic reminder
  workflow_type: ${type}
  message: "Hello {{name}}, this is Garki Hospital."`;
}

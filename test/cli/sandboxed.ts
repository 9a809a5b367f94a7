import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Http } from '../../src/ports.ts';
import type { Faults } from '../../src/sandbox/faults.ts';
import { intronSandbox } from '../../src/sandbox/intron.ts';
import type { LifeScript } from '../../src/sandbox/life.ts';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import type { FakeWorld, WorldOptions } from '../support/world.ts';

/** Something that happens between two commands. */
export type Happening = (world: FakeWorld) => Promise<void>;

/** A key that must show nowhere. */
const apiKey = 'sk-live-0f9a8b7c6d5e';

/** A world in which Intron answers, with a folder of fixtures. */
export function sandboxed(
  fixture: string,
  options: WorldOptions & { readonly faults?: Faults; readonly validKey?: string; readonly life?: LifeScript } = {},
): WorldOptions {
  const { faults = {}, validKey, life = {}, ...rest } = options;
  return {
    folder: join(import.meta.dirname, 'fixtures', fixture),
    env: { INTRON_API_KEY: apiKey },
    http: ({ clock }) =>
      intronSandbox({
        clock,
        random: seededRandom(7),
        faults,
        life,
        ...(validKey === undefined ? {} : { apiKey: validKey }),
      }).http,
    ...rest,
  };
}

/** Changes a file of the world between two commands. */
export function edit(file: string, from: string, to: string): Happening {
  return async (world) => {
    const path = join(world.cwd, file);
    const text = await readFile(path, 'utf8');
    if (!text.includes(from)) throw new Error(`${file} has no "${from}"`);
    await writeFile(path, text.replace(from, to));
  };
}

/** Writes a file of the world. */
export function write(file: string, text: string | Uint8Array): Happening {
  return async (world) => {
    const path = join(world.cwd, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  };
}

/** What somebody does in the provider's dashboard. */
export async function inDashboard(
  world: FakeWorld,
  method: string,
  path: string,
  body?: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const http: Http = world.http;
  const answer = await http(
    {
      method,
      url: `https://voicebot.intron.health/voicebot/v1${path}`,
      headers: { authorization: `Bearer ${apiKey}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    },
    new AbortController().signal,
  );
  if (answer.kind !== 'answered' || answer.status >= 300) throw new Error(`${method} ${path} did not work`);
  return JSON.parse(answer.body);
}

/** A haulier's check calls by HappyRobot, which can end calls, under a clock that jumps. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { main } from '../../src/cli/main.ts';
import type { Http, WireRequest, World } from '../../src/ports.ts';
import { happyrobotSandbox } from '../../src/sandbox/happyrobot.ts';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import { world, type FakeWorld } from '../support/world.ts';
import type { Ran } from './garage.ts';

export type Haulier = AsyncDisposable & {
  readonly world: FakeWorld;
  /** Runs a command line. */
  readonly callplan: (...argv: readonly string[]) => Promise<Ran>;
  /** Runs one as another process does, beside the first. */
  readonly elsewhere: (...argv: readonly string[]) => Promise<Ran>;
  /** Requests that asked for calls to be made, and to be ended. */
  readonly placings: () => number;
  readonly endings: () => number;
};

/** @example await using haulier = await openHaulier({ drivers: 4 }) */
export async function openHaulier(options: {
  readonly drivers: number;
  readonly callMs?: number;
  /** Comes between the run and the sandbox. */
  readonly between?: (http: Http, haulier: () => Haulier) => Http;
}): Promise<Haulier> {
  const { drivers, callMs = 600_000, between } = options;
  // Loaded before the clock jumps: nothing holds it while a command is.
  await Promise.all([
    import('../../src/cli/commands/cancel.ts'),
    import('../../src/cli/commands/pause.ts'),
    import('../../src/cli/commands/resume.ts'),
  ]);
  let opened: Haulier | undefined;
  const made = await world({
    env: { HAPPYROBOT_API_KEY: 'made-up', USER: 'amina' },
    http: ({ clock }) => {
      const { http } = happyrobotSandbox({ clock, random: seededRandom(3), callMs, life: { shares: { answered: 1 } } });
      return between?.(http, () => openedOnes(opened)) ?? http;
    },
  });
  await writeFile(join(made.cwd, 'campaign.yaml'), campaign);
  await writeFile(join(made.cwd, 'loads.csv'), loads(drivers));
  const asked = (is: (request: WireRequest) => boolean) => (): number =>
    made.sent.filter(({ request }) => is(request)).length;
  const runIn = async (process: World, argv: readonly string[]): Promise<Ran> => {
    const before = made.terminal.stdoutText().length;
    const exit = await main(argv, process);
    return { exit, stdout: made.terminal.stdoutText().slice(before), stderr: made.terminal.stderrText() };
  };
  const second = { ...made, host: { ...made.host, pid: 2, mayBeAlive: () => true } };
  opened = {
    world: made,
    callplan: (...argv) => runIn(made, argv),
    elsewhere: (...argv) => runIn(second, argv),
    placings: asked(isPlacing),
    endings: asked(isEnding),
    [Symbol.asyncDispose]: made[Symbol.asyncDispose],
  };
  return opened;
}

export function isPlacing({ method, url }: WireRequest): boolean {
  return method === 'POST' && url.endsWith('/dial/outbound');
}

export function isEnding({ method, url }: WireRequest): boolean {
  return method === 'POST' && url.endsWith('/stop');
}

function openedOnes(haulier: Haulier | undefined): Haulier {
  if (haulier === undefined) throw new Error('the haulier is not open yet');
  return haulier;
}

const campaign = `version: 1
campaign: check-calls
wave: "2026-11"
provider:
  type: happyrobot
  api_key: \${env.HAPPYROBOT_API_KEY}
use_case:
  id: 5a4db0000000000000000001
recipients:
  from: [{csv: loads.csv}]
  id: "{{load}}"
  phone: "{{cell}}"
call:
  number_id: 65f2c01e9a4b7d3308e1f6d1
execution:
  windows: always
  concurrency: 10
  rate: 1/s
`;

function loads(drivers: number): string {
  const rows = Array.from({ length: drivers }, (_, index) => `L-${String(index)},+1312555010${String(index)}`);
  return `load,cell\n${rows.join('\n')}\n`;
}

/** All that is done to a running command, side by side in one file: these tests wait far more than they work. */
import { describe, vi } from 'vitest';
import { aimedKills } from './aimed.ts';
import { randomKills } from './kills.ts';
import { otherProcesses } from './life.ts';
import { reruns } from './reruns.ts';

vi.setConfig({ maxConcurrency: 10, testTimeout: 120_000 });

describe.concurrent('killed at random instants, a run', randomKills);
describe.concurrent('killed at the worst instant, a run', aimedKills);
describe.concurrent('among other processes, a run', otherProcesses);
describe.concurrent('a rerun', reruns);

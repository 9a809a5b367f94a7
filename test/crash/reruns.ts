/** A rerun under SIGKILL and beside another one: by the sandbox's own log each person is dialled once more, and not twice. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { waveName } from './campaign.ts';
import { start, type Command } from './processes.ts';
import type { Dialled } from './provider.ts';
import { kill, shown, stage, type Stage } from './stage.ts';

const runs = 'runs/clinic-reminders/default';
/** A wave in which nobody answered. */
async function unanswered(people: number, rate: string, faults = ''): Promise<Stage> {
  const scene = await stage({
    faults,
    life: { shares: { no_answer: 1 } },
    campaign: { recipients: people, rate, concurrency: people },
  });
  expect(shown(await scene.campaign.run(['--apply', '--approve', String(people)]).finished)).toEqual({ code: 0 });
  return scene;
}

function rerun({ campaign }: Stage, only = 'no_answer'): Command {
  const args = ['rerun', join(runs, waveName), '--only', only, '--approve', '30'];
  return start(args, { cwd: campaign.folder });
}

/** Each person was dialled in the wave and once more, and no reference was used twice. */
function expectOnceMore(dials: readonly Dialled[], people: number): void {
  expect(new Set(dials.map(({ reference }) => reference)).size).toBe(dials.length);
  const counts = [...Map.groupBy(dials, ({ phone }) => phone).values()].map(({ length }) => length);
  expect(counts).toEqual(Array.from({ length: people }, () => 2));
}

async function dialled({ intron }: Stage, count: number): Promise<void> {
  while (intron.dials().length < count) await sleep(10);
}

/** Tests of reruns as processes. */
export function reruns(): void {
  test('killed three times and repeated calls each person once more, in one wave', async () => {
    await using scene = await unanswered(30, '20/s', 'lose-response=10%,fail-after-placing=10%,list-lag=300ms');
    for (const count of [31, 38, 46]) {
      const command = rerun(scene);
      await Promise.race([dialled(scene, count), command.finished]);
      await kill(command);
    }
    expect(shown(await rerun(scene).finished)).toEqual({ code: 0 });
    expectOnceMore(scene.intron.dials(), 30);
    expect(
      readdirSync(join(scene.campaign.folder, runs)).filter((wave) => wave.startsWith(`${waveName}-r`)),
    ).toHaveLength(1);
    expect(shown(await rerun(scene, 'busy,no_answer').finished)).toEqual({ code: 0 });
    expectOnceMore(scene.intron.dials(), 30);
  });

  test('beside the same one leaves with 6, and calls nobody then', async () => {
    await using scene = await unanswered(10, '1/s');
    const first = rerun(scene);
    await dialled(scene, 11);
    const second = await rerun(scene, 'busy,no_answer').finished;
    expect(second.code).toBe(6);
    expect(second.stderr).toContain(`held by "rerun", process ${String(first.process.pid)}`);
    expect(shown(await first.finished)).toEqual({ code: 0 });
    expect(shown(await rerun(scene).finished)).toEqual({ code: 0 });
    expectOnceMore(scene.intron.dials(), 10);
  });
}

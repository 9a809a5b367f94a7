/** The promise of a run that is killed at the instants where it is hardest to keep. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { tally } from './invariants.ts';
import type { StartOptions } from './processes.ts';
import { isCreating, isPlacing } from './provider.ts';
import { approved, expectFinished, kill, people, stage, type Stage } from './stage.ts';

/** The run after the kill cannot see yet what the killed one placed: only the ledger knows. */
const late = { faults: 'list-lag=2s' } as const;

const shapes = [
  { type: 'ROBOCALL', batchSize: 1, dies: ['create:1', 'headers:2'] },
  { type: 'CONVERSATION', batchSize: 5, dies: ['create:2', 'headers:1'] },
] as const;

/** Tests of kills at exact instants. */
export function aimedKills(): void {
  describe('calls nobody twice and loses nobody', () => {
    describe.for(shapes)('$type, $batchSize a request', ({ dies, ...shape }) => {
      test.for<NonNullable<StartOptions['dieAt']>>(dies)('before a request leaves (%s)', async (dieAt) => {
        await using scene = await stage({ campaign: shape });
        const { intron, campaign } = scene;
        const died = await campaign.run(approved, { dieAt }).finished;
        expect(died.code).toBeUndefined();
        await expectFinished(scene);
        expect(intron.dials()).toHaveLength(people);
        const settled = campaign.results().flatMap(({ attempts }) => attempts.map(({ evidence }) => evidence));
        expect(settled.filter((events) => events.includes('not_seen'))).not.toHaveLength(0);
      });

      test('after a request arrived, before it is answered', async () => {
        await using scene = await stage({ ...late, campaign: { ...shape, settle: '3s' } });
        const { intron, campaign } = scene;
        const command = campaign.run(approved);
        intron.once('before', isPlacing, () => kill(command));
        await command.finished;
        await expectFinished(scene);
        expect(intron.dials()).toHaveLength(people);
      });

      test('when the answer is on its way', async () => {
        await using scene = await stage({ ...late, campaign: { ...shape, settle: '3s' } });
        const { intron, campaign } = scene;
        const command = campaign.run(approved);
        intron.once('after', isPlacing, () => kill(command));
        await command.finished;
        expect(intron.dials().length).toBeGreaterThan(0);
        await expectFinished(scene);
        expect(intron.dials()).toHaveLength(people);
      });
    });
  });

  test('keeps its pace', async () => {
    await using scene = await stage({ campaign: { recipients: 2, rate: '20/m' } });
    const { intron, campaign } = scene;
    const command = campaign.run(approved);
    intron.once('after', isPlacing, () => kill(command));
    await command.finished;
    await expectFinished(scene, { count: 2 });
    const [first, second] = intron.dials().map(({ atMs }) => atMs);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(2_000);
  });

  describe('creates its resource once', () => {
    test.for(['before', 'after'] as const)('%s the create is carried out', async (when) => {
      await using scene = await stage();
      const { intron, campaign } = scene;
      const command = campaign.run(approved);
      intron.once(when, isCreating, () => kill(command));
      await command.finished;
      await expectFinished(scene);
      expect(intron.snapshot().resources).toHaveLength(1);
    });

    test('and the create never arrived', async () => {
      await using scene = await stage();
      const { intron, campaign } = scene;
      const command = campaign.run(approved);
      intron.once('before', isCreating, async () => {
        await kill(command);
        return 'drop' as const;
      });
      await command.finished;
      expect(intron.snapshot().resources).toHaveLength(0);
      await expectFinished(scene);
      expect(intron.snapshot().resources).toHaveLength(1);
    });

    test.for(['before', 'after'] as const)('%s its mark is claimed', async (when) => {
      await using scene = await stage();
      const { intron, campaign } = scene;
      const command = campaign.run(approved);
      intron.once(
        when,
        ({ method }) => method === 'PUT',
        () => kill(command),
      );
      await command.finished;
      await expectFinished(scene);
      expect(intron.snapshot().resources).toHaveLength(1);
    });
  });

  test('loses nobody of a long list that is enrolled', async () => {
    await using scene = await stage({ campaign: { recipients: 3_000 } });
    const { intron, campaign } = scene;
    const args = ['--apply', '--approve', '3000', '--limit', '5'];
    for (const waitMs of [20, 90]) {
      const command = campaign.run(args);
      intron.once(
        'after',
        ({ url }) => url.includes('/calls?'),
        () => {
          void sleep(waitMs).then(() => command.kill('SIGKILL'));
          return undefined;
        },
      );
      await command.finished;
    }
    const earlier = tally(intron.dials()).people;
    expect((await campaign.run(args).finished).code).toBe(10);
    expect(tally(intron.dials())).toMatchObject({ people: earlier + 5, twice: [] });
    const states = Map.groupBy(campaign.results(), ({ state }) => state);
    expect(states.get('done')).toHaveLength(earlier + 5);
    expect(states.get('pending')).toHaveLength(3_000 - earlier - 5);
  });

  describe('waits for the listing however often it was killed', () => {
    /** Calls that no listing shows yet are the ones that could be made twice. */
    const later = { faults: 'list-lag=3s', campaign: { settle: '4s' } } as const;

    /** Runs until so many people are called, and kills the command before it can tell how the calls went. */
    async function called({ intron, campaign }: Stage, count: number, args: readonly string[] = []): Promise<void> {
      const command = campaign.run([...approved, ...args]);
      while (intron.dials().length < count) await sleep(20);
      await kill(command);
    }

    async function killedWhileItWaits({ campaign }: Stage, kills: number, args: readonly string[]): Promise<void> {
      for (let killed = 0; killed < kills; killed += 1) {
        const command = campaign.run(args);
        while (!/may\s+not\s+be\s+listed\s+yet/.test(command.stderr())) await sleep(20);
        await kill(command);
      }
    }

    test.for([0, 2])('when a lost store is replaced by a new one (%i kills)', async (kills) => {
      await using scene = await stage(later);
      const args = [...approved, '--take-over'];
      await called(scene, people);
      scene.campaign.restore(undefined);
      await killedWhileItWaits(scene, kills, args);
      await expectFinished(scene, { args });
      expect(scene.intron.dials()).toHaveLength(people);
    });

    test.for([0, 2])('when a lost store is replaced by an older copy (%i kills)', async (kills) => {
      await using scene = await stage(later);
      const { intron, campaign } = scene;
      await called(scene, 1, ['--limit', '1']);
      campaign.backUp('older.db');
      await called(scene, 2, ['--limit', '1']);
      await sleep(3_000);
      await called(scene, people);
      campaign.restore('older.db');
      await killedWhileItWaits(scene, kills, approved);
      await expectFinished(scene);
      expect(intron.dials()).toHaveLength(people);
    });
  });
}

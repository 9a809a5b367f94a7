/** Servers whose listings lie, lag or leave our reference out, and clocks that are wrong, through the whole command. */
import { describe, expect, test, vi } from 'vitest';
import { phoneOf, waveName } from '../crash/campaign.ts';
import { accepted, people, scene, states, type Scene, type Script } from './scene.ts';

vi.setConfig({ maxConcurrency: 10, testTimeout: 60_000 });

const done = { done: people };

/** The calls are placed, and nobody says so. */
const lost: Script = async ({ place, reset }) => {
  await place();
  reset();
};

/** Somebody calls the same person by hand, with the same workflow. */
async function callByHand({ intron }: Scene, phone: string): Promise<void> {
  const id = intron.snapshot().resources[0]?.id;
  const entry = { phone_number: phone, workflow_variables: { name: 'Adaeze-Nwosu' } };
  await intron.place(JSON.stringify({ workflow_id: id, workflow_params: [entry] }));
}

describe.concurrent('a run gets by with', () => {
  test.for([
    ['no echo', 'no-echo'],
    ['an echo in requests only', 'echo-requests-only'],
    ['a listing that is late', 'list-lag=3s'],
    ['pages of two', 'page-cap=2'],
    ['items that come twice', 'duplicate-items'],
    ['fields that no page names', 'extra-fields'],
    ['a server that is slow', 'slow=500ms'],
    ['a clock that is 4 minutes ahead', 'clock-skew=4m'],
    ['a clock that is 4 minutes behind', 'clock-skew=-4m'],
  ] as const)('%s, and a lost answer', async ([, faults]) => {
    const seven = { recipients: 7, concurrency: 7 };
    await using it = await scene({ faults, script: [accepted, lost, accepted], campaign: seven });
    expect(await it.run()).toMatchObject({ code: 0 });
    expect(states(it)).toEqual({ done: 7 });
    expect(await it.run()).toMatchObject({ code: 0 });
    expect(it.placings()).toBe(7);
    expect(it.intron.dials()).toHaveLength(7);
  });

  test('conversations whose variables come back in requests only', async () => {
    const campaign = { type: 'CONVERSATION', batchSize: 3, concurrency: 3 } as const;
    await using it = await scene({ faults: 'echo-requests-only', script: [lost], campaign });
    expect(await it.run()).toMatchObject({ code: 0 });
    expect(states(it)).toEqual(done);
    expect(it.placings()).toBe(1);
  });
});

describe.concurrent('nobody guesses', () => {
  test('which of two calls to a number was ours: unresolved, 7', async () => {
    const twice: Script = async (placing) => {
      await placing.place();
      await callByHand(it, phoneOf(1));
      placing.reset();
    };
    await using it = await scene({ faults: 'no-echo', script: [twice, accepted] });
    const ran = await it.run();
    expect(ran).toMatchObject({ code: 7 });
    expect(states(it)).toEqual({ unresolved: 1, done: people - 1 });
    expect(it.campaign.results()[0]?.reason).toBe('two calls could be this one');
    expect(await it.run()).toMatchObject({ code: 7 });
    expect(it.placings()).toBe(people);
    expect(await it.command(['resolve', 'campaign.yaml', '--as', 'called'])).toMatchObject({ code: 0 });
    expect(await it.run()).toMatchObject({ code: 0 });
    expect(it.placings()).toBe(people);
  });

  test('that a call without our reference is ours where references come back: unresolved, 7', async () => {
    const byHand: Script = async (placing) => {
      await callByHand(it, phoneOf(2));
      placing.reset();
    };
    await using it = await scene({ script: [accepted, byHand, accepted] });
    expect(await it.run()).toMatchObject({ code: 7 });
    expect(states(it)).toEqual({ unresolved: 1, done: people - 1 });
    expect(await it.command(['resolve', 'campaign.yaml', '--as', 'not-called'])).toMatchObject({ code: 0 });
    expect(await it.run()).toMatchObject({ code: 0 });
    expect(it.intron.dials()).toHaveLength(people + 1);
  });

  test('what a listing leaves out whose total is wrong: nobody is called, 4', async () => {
    await using it = await scene({ faults: 'total-off' });
    const ran = await it.run();
    expect(ran).toMatchObject({ code: 4 });
    expect(ran.stdout).toContain('would not come complete');
    expect(it.placings()).toBe(0);
    expect(await it.run(['--approve', '3', '--nobody-called', waveName])).toMatchObject({ code: 0 });
    expect(it.intron.dials()).toHaveLength(people);
  });

  test('what a listing leaves out that repeats its items: nobody is called, 4', async () => {
    await using it = await scene({ faults: 'duplicate-items,page-cap=2', campaign: { recipients: 7 } });
    expect(await it.run()).toMatchObject({ code: 0 });
    await it.campaign.list(8);
    expect(await it.run()).toMatchObject({ code: 4 });
    expect(it.placings()).toBe(7);
  });

  test.for(['6m', '-6m'])('the time where the clocks are %s apart: nobody is called, 8', async (skew) => {
    await using it = await scene({ faults: `clock-skew=${skew}` });
    const ran = await it.run();
    expect(ran).toMatchObject({ code: 8 });
    expect(ran.stdout).toContain('6 minutes off');
    expect(it.placings()).toBe(0);
  });
});

describe.concurrent('a lost store', () => {
  const takeOver = ['--approve', '3', '--take-over'];

  test('is not replaced by itself', async () => {
    await using it = await scene();
    await it.run();
    it.campaign.restore(undefined);
    const ran = await it.run();
    expect(ran).toMatchObject({ code: 4 });
    expect(ran.stderr).toContain('--take-over');
    expect(it.placings()).toBe(people);
    expect(await it.run(takeOver)).toMatchObject({ code: 0 });
    expect(states(it)).toEqual(done);
    expect(it.placings()).toBe(people);
  });

  test('whose calls have no reference lists them, masked, and calls nobody: 4', async () => {
    await using it = await scene({ faults: 'no-echo' });
    await it.run();
    it.campaign.restore(undefined);
    for (const args of [takeOver, takeOver]) {
      const ran = await it.run(args);
      expect(ran).toMatchObject({ code: 4 });
      expect(ran.stdout).toContain('carry no reference');
      expect(ran.stdout.match(/\+234 •+ ?0[123]|\+234\S*0[123]/g)).toHaveLength(people);
      expect(ran.stdout).toContain(`--nobody-called ${waveName}`);
      expect(it.placings()).toBe(people);
    }
    const wrong = await it.run([...takeOver, '--nobody-called', '2026-11-23']);
    expect(wrong).toMatchObject({ code: 64 });
    expect(await it.run([...takeOver, '--nobody-called', waveName])).toMatchObject({ code: 0 });
    expect(it.placings()).toBe(2 * people);
  });

  test('and calls found by reference: --nobody-called does not override them', async () => {
    await using it = await scene();
    await it.run();
    it.campaign.restore(undefined);
    expect(await it.run([...takeOver, '--nobody-called', waveName])).toMatchObject({ code: 0 });
    expect(it.placings()).toBe(people);
    expect(states(it)).toEqual(done);
  });

  test('in CI has to be named, unless all is on this machine', async () => {
    await using it = await scene({
      campaign: { callUrl: 'https://voicebot.intron.health/voicebot/v1/call', settle: '5m' },
    });
    const ran = await it.run(undefined, { env: { INTRON_API_KEY: 'x', CI: 'true' } });
    expect(ran).toMatchObject({ code: 8 });
    expect(ran.stderr).toContain('--store');
    expect(it.intron.requests()).toEqual([]);
  });
});

describe.concurrent('a provider that', () => {
  test('is down at the start: 8, and nothing is lost', async () => {
    await using it = await scene();
    await it.intron.down();
    expect(await it.run()).toMatchObject({ code: 8 });
    await it.intron.up();
    expect(await it.run()).toMatchObject({ code: 0 });
    expect(it.intron.dials()).toHaveLength(people);
  });

  test('does not know the key: 8, and the key is not shown', async () => {
    await using it = await scene({ apiKey: 'another' });
    expect(await it.run()).toMatchObject({ code: 8 });
    expect(it.placings()).toBe(0);
  });

  test.for(['html', 'cut-body'])('answers readings with %s', async (faults) => {
    await using it = await scene({ faults });
    const { code } = await it.run();
    expect([0, 8]).toContain(code);
    expect(it.placings()).toBe(code === 0 ? people : 0);
  });
});

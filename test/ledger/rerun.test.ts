import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decisiveRun, isSameParent, onlyWords, readOnly, rerunWave } from '../../src/ledger/rerun.ts';

const parent = { wave: '2026-11-24', run: '9f3a', only: ['busy', 'no_answer'] } as const;
const waveName = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/);
const only = fc.subarray([...onlyWords], { minLength: 1 });

describe('--only', () => {
  test('names outcomes and the skipped, in any order and as often as one likes', () => {
    const wanted = { kind: 'only', only: ['failed', 'no_answer', 'skipped'] };
    expect(readOnly('skipped,no_answer, failed,failed')).toEqual(wanted);
  });

  test.each([
    ['unresolved', 'they may have been called', 'callplan resolve'],
    ['in_doubt', 'they may have been called', 'callplan run'],
    ['pending', 'the wave itself is going to call them', 'callplan run'],
    ['no-answer', 'this is "no-answer"', 'Did you mean no_answer?'],
    ['', 'this is ""', 'Name outcomes'],
  ])('refuses "%s" and says what helps', (word, why, help) => {
    expect(readOnly(`failed,${word}`)).toEqual({
      kind: 'failed',
      problem: expect.stringContaining(why),
      help: expect.stringContaining(help),
    });
  });
});

describe('the wave of a rerun', () => {
  test('is named after its parent, and is the same for the same choice', () => {
    expect(rerunWave(parent)).toMatch(/^2026-11-24-r[0-9a-f]{8}$/);
    expect(rerunWave({ ...parent })).toBe(rerunWave(parent));
  });

  test('has a name that a wave may have, however long its parent is called', () => {
    fc.assert(
      fc.property(waveName, only, (wave, chosen) => {
        const name = rerunWave({ wave, run: 'a', only: chosen });
        expect(name).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/);
        expect(name.startsWith(wave.slice(0, 53))).toBe(true);
      }),
    );
  });

  test('is another one for another parent, run or choice, though the names are cut', () => {
    const long = 'w'.repeat(62);
    const names = [
      { ...parent, wave: `${long}1` },
      { ...parent, wave: `${long}2` },
      { ...parent, wave: `${long}1`, run: 'b' },
      { ...parent, wave: `${long}1`, only: ['busy'] as const },
    ].map(rerunWave);
    expect(new Set(names).size).toBe(4);
  });

  test('repeats what it was opened for, and nothing else', () => {
    expect(isSameParent(parent, { ...parent })).toBe(true);
    expect(isSameParent(undefined, undefined)).toBe(true);
    expect(isSameParent(parent, undefined)).toBe(false);
    expect(isSameParent(parent, { ...parent, only: ['busy'] })).toBe(false);
  });
});

describe('the run that decides', () => {
  const runs = [10, 20, 30].map((startedMs) => ({
    run: String(startedMs),
    startedMs,
    definition: 'd',
    toolVersion: '1',
  }));

  test.each<readonly [string, number | undefined, string]>([
    ['is the one in which something happened last', 25, '20'],
    ['is the last, where something happened in it', 30, '30'],
    ['is the first, where nothing ever happened', undefined, '10'],
    ['is the first, where the clock was set back', 5, '10'],
  ])('%s', (_, lastEventMs, run) => {
    expect(decisiveRun(runs, lastEventMs)?.run).toBe(run);
  });

  test('is none of a wave that was never run', () => {
    expect(decisiveRun([], 5)).toBeUndefined();
  });
});

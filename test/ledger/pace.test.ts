import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { paceOf, tokens } from '../../src/ledger/pace.ts';
import { hour, minute, second, startMs } from './clinic.ts';

type Rate = { readonly calls: number; readonly perMs: number };

/** Starts all that may start each time it asks, remembering no more than the pace needs; `again` says when it asks next. */
function starts(
  rate: Rate,
  times: number,
  again: (nowMs: number, nextMs: number, asked: number) => number,
): readonly number[] {
  const pace = paceOf(rate);
  const all: number[] = [];
  let nowMs = startMs;
  for (let asked = 0; asked < times; asked += 1) {
    const { free } = tokens(pace, all.slice(-pace.calls), nowMs);
    for (let call = 0; call < free; call += 1) all.push(nowMs);
    nowMs = again(nowMs, tokens(pace, all.slice(-pace.calls), nowMs).nextMs, asked);
  }
  return all;
}

/** The most starts in any window of the declared length. */
function mostIn(all: readonly number[], lengthMs: number): number {
  let most = 0;
  let first = 0;
  all.forEach((start, index) => {
    while ((all[first] ?? 0) <= start - lengthMs) first += 1;
    most = Math.max(most, index - first + 1);
  });
  return most;
}

const anyRate: fc.Arbitrary<Rate> = fc.record({
  calls: fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 3_000 })),
  perMs: fc.constantFrom(second, minute, hour),
});

describe('the pace', () => {
  test.each([
    ['1 a second', { calls: 1, perMs: second }, { calls: 1, sliceMs: 1_000 }],
    ['25 a second, without a slice of 2 that leaves one over', { calls: 25, perMs: second }, { calls: 1, sliceMs: 40 }],
    ['29 a second', { calls: 29, perMs: second }, { calls: 1, sliceMs: 35 }],
    ['1000 a second', { calls: 1_000, perMs: second }, { calls: 100, sliceMs: 100 }],
    ['100 a minute', { calls: 100, perMs: minute }, { calls: 1, sliceMs: 600 }],
    ['7 an hour, rounded to the slow side', { calls: 7, perMs: hour }, { calls: 1, sliceMs: 514_286 }],
  ])('of %s', (_name, rate, pace) => {
    expect(paceOf(rate)).toEqual(pace);
  });

  test('never starts more in any window of the declared length, whenever it is asked', () => {
    fc.assert(
      fc.property(anyRate, fc.array(fc.nat(300), { minLength: 1, maxLength: 20 }), (rate, gaps) => {
        const all = starts(rate, 300, (nowMs, nextMs, asked) => {
          const gap = gaps[asked % gaps.length] ?? 0;
          return gap % 3 === 0 ? nextMs : nowMs + gap;
        });
        expect(mostIn(all, rate.perMs)).toBeLessThanOrEqual(rate.calls);
      }),
      { numRuns: 500 },
    );
  });

  test('comes within a twentieth of the rate', () => {
    for (const perMs of [second, minute, hour]) {
      for (let calls = 1; calls <= 3_000; calls += 1) {
        const pace = paceOf({ calls, perMs });
        const share = ((pace.calls / pace.sliceMs) * perMs) / calls;
        if (share < 0.95) expect.fail(`${String(calls)} in ${String(perMs)} ms comes to ${String(share)} of the rate`);
      }
    }
  });

  test('bursts for no more than a tenth of a second of calls', () => {
    fc.assert(
      fc.property(anyRate, (rate) => {
        expect(paceOf(rate).calls).toBeLessThanOrEqual(Math.max(1, (rate.calls * 100) / rate.perMs));
      }),
    );
  });

  test('keeps up where it is asked in time', () => {
    const rate = { calls: 30, perMs: second };
    const all = starts(rate, 100, (_now, nextMs) => nextMs);
    expect(all.length / ((all.at(-1) ?? 0) - startMs + 100)).toBeCloseTo(0.03);
  });
});

describe('tokens', () => {
  const pace = { calls: 2, sliceMs: 100 };

  test('are all free at the start', () => {
    expect(tokens(pace, [], startMs)).toEqual({ free: 2, nextMs: startMs });
  });

  test('come back one slice after they were taken', () => {
    const taken = [startMs, startMs + 40];
    expect(tokens(pace, taken, startMs + 99)).toEqual({ free: 0, nextMs: startMs + 100 });
    expect(tokens(pace, taken, startMs + 100)).toEqual({ free: 1, nextMs: startMs + 100 });
    expect(tokens(pace, taken, startMs + 140)).toEqual({ free: 2, nextMs: startMs + 140 });
  });

  test('are none when an earlier process started more than the pace', () => {
    const taken = [startMs, startMs + 1, startMs + 2];
    expect(tokens(pace, taken, startMs + 50)).toEqual({ free: 0, nextMs: startMs + 101 });
  });

  test('are free when the next time has come, so that nobody asks for ever in the same instant', () => {
    fc.assert(
      fc.property(anyRate, fc.float({ min: 0, max: 1, noNaN: true }), (rate, fraction) => {
        const any = paceOf(rate);
        const taken = Array.from({ length: any.calls }, () => startMs + fraction);
        const { free, nextMs } = tokens(any, taken, startMs + fraction);
        expect(free).toBe(0);
        expect(nextMs).toBeGreaterThan(startMs + fraction);
        expect(tokens(any, taken, nextMs).free).toBeGreaterThan(0);
      }),
    );
  });
});

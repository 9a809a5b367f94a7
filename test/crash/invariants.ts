import { expect } from 'vitest';
import type { Result } from './campaign.ts';
import type { Dialled, Provider } from './provider.ts';

/** What the request log shows of one wave. */
export type Tally = { readonly dials: number; readonly people: number; readonly twice: readonly string[] };

/** Counts dials, and those that should not have been: one reference, or one number and attempt, more than once. */
export function tally(dials: readonly Dialled[]): Tally {
  const twice = [
    ...repeated(dials.map(({ reference }) => reference)),
    ...repeated(dials.map(({ phone, n }) => `${phone} attempt ${String(n)}`)),
  ];
  return { dials: dials.length, people: new Set(dials.map(({ phone }) => phone)).size, twice };
}

/** Nobody was dialled twice, and everybody of the list stands in a final state, or is named as unresolved. */
export function expectPromiseKept(
  provider: Pick<Provider<unknown>, 'dials'>,
  results: readonly Result[],
  people: number,
): void {
  expect(tally(provider.dials()).twice).toEqual([]);
  expect(results).toHaveLength(people);
  const open = results.filter(({ state }) => !['done', 'rejected', 'unresolved'].includes(state));
  expect(open).toEqual([]);
  const dialled = new Set(provider.dials().map(({ phone }) => phone)).size;
  const maybe = results.filter(({ state }) => state !== 'done').length;
  expect(dialled).toBeGreaterThanOrEqual(people - maybe);
  expect(dialled).toBeLessThanOrEqual(people);
}

function repeated(values: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].flatMap(([value, count]) => (count > 1 ? [value] : []));
}

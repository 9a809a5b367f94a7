import { expect, test } from 'vitest';
import { playedApart } from './played-apart.ts';

/** A failing world is told by the line that plays it again. */
export function testWorlds(from: number, count: number): void {
  const name = `nothing that may never happen does, in worlds ${String(from)} to ${String(from + count - 1)}`;
  test(name, { timeout: 180_000 }, async ({ signal }) => {
    const argv = ['test/simulation/main.ts', '--from', String(from), '--worlds', String(count)];
    const told = await playedApart(argv, { signal }).catch((error: unknown) => Object(error).stdout);
    expect(String(told)).toMatch(new RegExp(`^${String(count)} worlds in`));
  });
}

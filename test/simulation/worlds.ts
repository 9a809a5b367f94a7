import { expect, test } from 'vitest';
import { playSeed } from './simulate.ts';

/** A failing world is told by the line that plays it again. */
export function testWorlds(from: number, count: number): void {
  const name = `nothing that may never happen does, in worlds ${String(from)} to ${String(from + count - 1)}`;
  test(name, { timeout: 180_000 }, async () => {
    const broken: string[] = [];
    for (let seed = from; seed < from + count; seed += 1) {
      const { violations } = await playSeed(seed);
      const [violation] = violations;
      if (violation === undefined) continue;
      broken.push(`npm run simulate -- --seed ${String(seed)}   ${violation.invariant}: ${violation.what}`);
    }
    expect(broken).toEqual([]);
  });
}

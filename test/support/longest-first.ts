import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes longest, by the start of its path in test/: a core that has nothing else left would wait for it. */
const longest = ['crash/', 'simulation/', 'sockets/'] as const;

/** Vitest itself knows how long a file takes only where it ran before; in a fresh checkout it goes by its size. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- it is not an array's
    const known = await super.sort(files);
    return known.toSorted((one, other) => rank(one) - rank(other));
  }
}

function rank({ moduleId }: TestSpecification): number {
  const at = longest.findIndex((start) => moduleId.includes(`/test/${start}`));
  return at === -1 ? longest.length : at;
}

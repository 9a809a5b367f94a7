import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Holds what a few turns of a run allocate. */
const enoughBytes = 16 * 1024 * 1024;

/**
 * Has V8's young generation grow quickly to some 16 MB, and no further. Left alone V8 begins with 1 MB and doubles it the
 * more survives, up to 128 MB: a command that starts is collected over and over, and a long run fills all of it with
 * garbage before that is collected. V8 reads the factor each time that it grows the space (Heap::NewSpace::Grow,
 * `--semi-space-growth-factor`); the size itself cannot be set once the process has started.
 */
export function boundYoungGeneration(): void {
  setFlagsFromString('--semi-space-growth-factor=8');
  const observer = new PerformanceObserver(() => {
    if (youngBytes() < enoughBytes) return;
    setFlagsFromString('--semi-space-growth-factor=1');
    observer.disconnect();
  });
  observer.observe({ entryTypes: ['gc'] });
}

function youngBytes(): number {
  return getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ?? 0;
}

import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Holds what a few turns of a run allocate. */
const enoughBytes = 16 * 1024 * 1024;

/**
 * Keeps V8's young generation small. V8 doubles it the more survives, up to 128 MB, and a long run fills that with
 * garbage before it is collected; from 16 MB on the factor is 1, which V8 reads each time that it grows the space
 * (Heap::NewSpace::Grow, `--semi-space-growth-factor`). Its size itself cannot be set once the process has started.
 */
export function boundYoungGeneration(): void {
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

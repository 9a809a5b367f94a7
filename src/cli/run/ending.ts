import type { ManifestStatus } from '../../ledger/manifest.ts';
import type { Ended } from '../../run/context.ts';
import type { Ending } from '../exit.ts';
import { interruptedEnding } from '../interrupted-ending.ts';

/** What the end of a run means for the exit code and the manifest. */
export function endingOf(ended: Ended): { readonly ending: Ending; readonly status: ManifestStatus } {
  switch (ended.kind) {
    case 'done':
      return { ending: 'done', status: 'complete' };
    case 'incomplete':
      return { ending: 'resumable', status: 'incomplete' };
    case 'tripped':
      return { ending: 'stopped', status: 'tripped' };
    case 'paused':
    case 'cancelled':
      return { ending: 'stopped', status: ended.kind };
    case 'interrupted':
      return { ending: interruptedEnding[ended.how], status: 'interrupted' };
    case 'stopped':
      return { ending: stopEnding[ended.exit], status: 'stopped' };
  }
}

const stopEnding = { 3: 'invalid', 4: 'conflict', 6: 'held', 8: 'environment' } as const;

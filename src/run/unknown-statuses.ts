import type { Execution } from '../model/execution.ts';
import type { EngineMs } from '../model/time.ts';
import type { UnknownStatus } from '../model/wave.ts';
import type { CallCodec } from '../providers/contract.ts';
import { redact } from '../remote/redact.ts';
import type { OpenStatus } from '../store/contract/wave-state.ts';

const longest = 40;

/**
 * Statuses that hold calls open and may mean that they are over: words that nobody knows, and those of a call under
 * way that stay for longer than a call can last.
 */
export function unknownStatuses(
  open: readonly OpenStatus[],
  {
    calls,
    execution,
  }: { readonly calls: Pick<CallCodec, 'meaningOf'>; readonly execution: Pick<Execution, 'maxCallMs'> },
  nowMs: EngineMs,
): readonly UnknownStatus[] {
  return open
    .filter(({ status, sinceMs }) => {
      const meaning = calls.meaningOf(status);
      return meaning === 'unknown' || (meaning === 'under_way' && nowMs - sinceMs > execution.maxCallMs);
    })
    .map(({ status, calls: count }) => ({ status: redact(status, []).slice(0, longest), calls: count }));
}

import type { Clock } from '../ports.ts';
import type { FaultName } from './faults.ts';

/** One call that a sandbox placed. */
export type Dial = {
  readonly phone: string;
  readonly call_id: string;
  readonly batch_id?: string;
  /** What the client wanted to have back, as it was sent. */
  readonly tags: Readonly<Record<string, unknown>>;
  readonly variables: Readonly<Record<string, unknown>>;
};

/** What happened, but for when. */
export type LogEntry =
  | {
      readonly kind: 'request';
      readonly method: string;
      /** With the query. */
      readonly path: string;
      /** `cut`: the connection, before the status or amid the body. */
      readonly status: number | 'cut';
      /** Every call that this request placed, whatever was answered. */
      readonly calls?: readonly Dial[];
    }
  | { readonly kind: 'fault'; readonly fault: FaultName; readonly method: string; readonly path: string };

/**
 * Writes one line of JSON an entry, `at` being epoch milliseconds. It is handed over before the answer leaves, so that
 * the log holds every call whatever becomes of the client. It holds numbers and variables: keep it private.
 */
export function requestLog(clock: Clock, write: ((line: string) => void) | undefined): (entry: LogEntry) => void {
  if (write === undefined) return () => undefined;
  return (entry) => write(`${JSON.stringify({ at: clock.now(), ...entry })}\n`);
}

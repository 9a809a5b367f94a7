import type { Faults } from '../faults.ts';
import type { Reply } from '../frame.ts';
import type { Issue } from './shape.ts';

/** All successes are 200 and bare, without an envelope. */
export function ok(body: unknown): Reply {
  return { status: 200, body };
}

/** Only 422 is documented. The others answer as services of this make do: inferred. */
export function problemBody(_status: number, detail: string): unknown {
  return { detail };
}

export function problem(status: number, detail: string): Reply {
  return { status, body: problemBody(status, detail) };
}

export function unprocessable(issues: readonly Issue[]): Reply {
  return { status: 422, body: { detail: issues } };
}

/** An object, with members that no page has where that fault is set. */
export function withExtras(data: object, faults: Faults): object {
  return faults['extra-fields'] === true ? { ...data, revision: 7, region: { id: 'eu' }, labels: ['new'] } : data;
}

import type { Faults } from '../faults.ts';
import type { Reply } from '../frame.ts';

/** Answers have no envelope. The HTTP status is 200: dial/create-outbound-call, read 2026-11-21. */
export function ok(body: unknown): Reply {
  return { status: 200, body };
}

/** Invented: no page of this API shows an answer that is no success; its successors answer so. */
export function problemBody(statusCode: number, error: string): unknown {
  return { error, statusCode };
}

export function problem(status: number, text: string): Reply {
  return { status, body: problemBody(status, text) };
}

/** An object, with fields that no page has where that fault is set. */
export function withExtras(data: object, faults: Faults): object {
  return faults['extra-fields'] === true
    ? { ...data, status_code: 7, integrator: { id: 1 }, updated_at: null, labels: ['new'] }
    : data;
}

import type { Faults } from '../faults.ts';
import type { Reply } from '../frame.ts';

/** A success as every endpoint but the call answers it. The HTTP status is not documented; 200 throughout. */
export function ok(message: string, data: unknown): Reply {
  return { status: 200, body: { status: 'Ok', message, data } };
}

/** The call endpoint says "success" instead. */
export function success(message: string, data: unknown): Reply {
  return { status: 200, body: { status: 'success', message, data } };
}

/** Invented: no page shows an answer that is no success. */
export function problemBody(_status: number, message: string): unknown {
  return { status: 'error', message, data: null };
}

export function problem(status: number, message: string): Reply {
  return { status, body: problemBody(status, message) };
}

/** An object, with fields that no page has where that fault is set. */
export function withExtras(data: object, faults: Faults): object {
  return faults['extra-fields'] === true
    ? { ...data, status_code: 7, integrator: { id: 1 }, updated_at: null, labels: ['new'] }
    : data;
}

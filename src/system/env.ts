import type { Env } from '../ports.ts';

/** The environment as it was when this process started; later changes do not show. */
export function systemEnv(): Env {
  return Object.freeze({ ...process.env });
}

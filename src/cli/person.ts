import type { Env } from '../ports.ts';

/** The name under which whoever gives the command works. */
export function personOf(env: Env): string {
  return env['USER'] ?? env['USERNAME'] ?? 'a person';
}

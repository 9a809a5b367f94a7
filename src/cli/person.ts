import type { Env } from '../ports.ts';

/** Shells set the first; what a container or a scheduler starts often has the second alone; Windows sets the third. */
const names = ['USER', 'LOGNAME', 'USERNAME'] as const;

/** The name under which whoever gives the command works. */
export function personOf(env: Env): string {
  return names.map((name) => env[name]?.trim() ?? '').find((name) => name !== '') ?? 'a person';
}

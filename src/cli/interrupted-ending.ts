import type { Interruption } from '../ports.ts';
import type { Ending } from './exit.ts';

/** What an interruption means for the exit code. A terminal that is gone ends a command as a SIGTERM does. */
export const interruptedEnding: Readonly<Record<Interruption, Ending>> = {
  SIGINT: 'interrupted',
  SIGTERM: 'terminated',
  SIGHUP: 'terminated',
  unheard: 'environment',
};

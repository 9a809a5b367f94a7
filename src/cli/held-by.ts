import type { Holder } from '../store/contract/lease.ts';
import { Halt } from './halt.ts';

/** Another process works on the address. `status` is the command line that shows how far it is, where it is known. */
export function heldBy(address: string, { command, pid, hostname }: Holder, status?: string): Halt {
  const who = `"${command}", process ${String(pid)} on ${hostname}`;
  return new Halt(
    'held',
    `${address} is held by ${who}`,
    status === undefined
      ? ['wait for it to end; callplan status shows how far it is']
      : ['wait for it to end; how far it is shows:', status],
  );
}

import type { Holder } from '../store/contract/lease.ts';
import { Halt } from './halt.ts';

/** Another process works on the address. */
export function heldBy(address: string, { command, pid, hostname }: Holder): Halt {
  const who = `"${command}", process ${String(pid)} on ${hostname}`;
  return new Halt('held', `${address} is held by ${who}`, ['wait for it to end; callplan status shows how far it is']);
}

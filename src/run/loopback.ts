import type { Account } from '../providers/contract.ts';
import { isLoopback } from '../model/loopback.ts';

/** Whether all that an account talks to is on this machine: a sandbox, a test. */
export function isLoopbackOnly(account: Account): boolean {
  return account.origins.every((origin) => isLoopback(new URL(origin).hostname));
}

/**
 * Which account of which provider something lives in, as bindings and intents keep it: the provider and the origins that
 * its requests go to. Options that only say how answers are read make no other account.
 */
export function accountKey(provider: string, origins: readonly string[]): string {
  return [provider, ...origins.toSorted()].join(' ');
}

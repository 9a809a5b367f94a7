import type { Fields } from '../model/value.ts';
import type { Clock, Http, Random } from '../ports.ts';
import type { Faults } from '../sandbox/faults.ts';

/** What the contract suite needs to know of a provider: a stand-in, and something to declare. */
export type Stand = {
  /** As in `provider`, without the credential; loopback, so that it is the stand-in's. */
  readonly options: Fields;
  readonly sandbox: (world: { readonly clock: Clock; readonly random: Random; readonly faults: Faults }) => Http;
  /** Declared fields, one set for each kind of resource that the provider has. Their texts use `name` and no other variable. */
  readonly resources: Readonly<Record<string, Fields>>;
  /** Fields that change all that can be changed of each. */
  readonly change: Fields;
};

import type { Outcome, Reply } from '../model/attempt.ts';
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
  /** Id of an object that the stand-in has from the start, where the provider can make none. */
  readonly existing?: string;
  /** The names that the provider says its texts ask for. @default name */
  readonly asks?: readonly string[];
  /** Rendered `call` options of each call. @default none */
  readonly call?: Fields;
  /** What is told of a call that is answered, of one that is not, and of one that fails. @default answered, no_answer, failed */
  readonly outcomes?: readonly [Outcome, Outcome, Outcome];
  /** Fields that change all that can be changed of each. */
  readonly change: Fields;
  /** What the first person replies to a resource with these fields, labelled; left out where the stand-in lets nobody reply. */
  readonly reply?: (fields: Fields) => Reply | undefined;
};

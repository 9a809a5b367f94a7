import type { Schema } from '../campaign/schema.ts';
import type { Provider } from '../providers/contract.ts';
import type { SandboxKind } from '../sandbox/registry.ts';

/** A provider as its module declares it: the contract of every provider, its schema and perhaps a stand-in for its API. */
export type ProviderDefinition = Omit<Provider, 'schema'> & {
  /**
   * JSON Schema (2020-12) of what campaigns say of it: an object whose properties are `provider`, the noun and `call`.
   * `x-template`, `x-secret` and `x-url` mean what they mean in callplan's own schemas; `$ref`s start in
   * `providers/`, so that `../campaign.schema.json#/$defs/lowered` is a text whose names are lowered.
   */
  readonly schema: Schema;
  /** For `rehearse` and `sandbox`, which cannot do anything without it. */
  readonly sandbox?: SandboxKind;
};

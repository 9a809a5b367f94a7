/**
 * `callplan/provider`: what a module needs to be a provider of campaigns. docs/provider-kit.md shows how; the contract
 * says what each member means.
 */
import type { ProviderDefinition } from './definition.ts';

/** The definition as it is, with its types checked: the default export of a provider's module. */
export function defineProvider(definition: ProviderDefinition): ProviderDefinition {
  return definition;
}

export type { ProviderDefinition } from './definition.ts';
export type { Schema } from '../campaign/schema.ts';
export { asCount, asFields, asList, asObject, asText, isObject, shapeOf } from '../providers/answer.ts';
export type { JsonObject } from '../providers/answer.ts';
export { isAble, UnexpectedAnswer } from '../providers/contract.ts';
export type {
  Account,
  Call,
  CallCodec,
  Can,
  Desired,
  OpenCall,
  Operation,
  Page,
  Provider,
  ProviderFacts,
  Pull,
  ResourceCodec,
  Wanted,
} from '../providers/contract.ts';
export { appendMark, takeMark } from '../model/mark.ts';
export { referenceKey } from '../model/reference.ts';
export { isFields, isList, isSecret, isText, namesOf } from '../model/value.ts';
export type { Fields, Scalar, Scalars, Text, Value } from '../model/value.ts';
export type { Handle, Outcome, Reply } from '../model/attempt.ts';
export type { Sighting } from '../model/sighting.ts';
export type { Diagnostic } from '../model/diagnostic.ts';
export type { HttpRequest, Live, Mark } from '../model/plan.ts';
export type { RowReason } from '../model/recipient.ts';
export { sandboxHttp } from '../sandbox/frame.ts';
export type { Api, Asked, Endpoint, FrameOptions } from '../sandbox/frame.ts';
export { strikes } from '../sandbox/faults.ts';
export { lives } from '../sandbox/life.ts';
export type { Life, LifeScript } from '../sandbox/life.ts';
export type { Sandbox, SandboxKind, SandboxOptions } from '../sandbox/registry.ts';
export type { Clock, Http, Random } from '../ports.ts';

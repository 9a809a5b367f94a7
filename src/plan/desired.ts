import { digest } from '../model/digest.ts';
import type { Mark } from '../model/plan.ts';
import { isFields, isList, isText, type Fields, type Value } from '../model/value.ts';
import type { ResourceCodec } from '../providers/contract.ts';

/**
 * Declared fields as they go on the wire: texts printed in the provider's placeholder syntax, and what can be said in
 * two forms as the provider reads it. The syntax may hang on fields that are not declared, so an adopted object's live
 * ones stand in for them.
 */
export function wireFields(declared: Fields, codec: Pick<ResourceCodec, 'print' | 'asRead'>, live?: Fields): Fields {
  const all = { ...live, ...declared };
  const printed = wireMembers(declared, (value) => (isText(value) ? codec.print(value.$text, all) : value));
  return codec.asRead?.(printed) ?? printed;
}

/** What the ownership mark says of the fields: the first 16 hex digits of their digest. */
export function appliedHash(wire: Value): string {
  return digest(wire).slice(0, 16);
}

/** The mark after applying these fields: whoever runs the address goes on running it. */
export function nextMark(address: string, wire: Fields, before: Mark | undefined): Mark {
  const mark = { address, applied: appliedHash(wire) };
  return before?.store === undefined ? mark : { ...mark, store: before.store };
}

function wireMembers(fields: Fields, print: (value: Value) => Value): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, wireValue(value, print)]));
}

function wireValue(value: Value, print: (value: Value) => Value): Value {
  if (isList(value)) return value.map((item) => wireValue(item, print));
  return isFields(value) ? wireMembers(value, print) : print(value);
}

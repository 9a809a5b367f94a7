import { isFields, type Fields, type Value } from './value.ts';

/**
 * Declared fields over live ones: maps member by member, so that what is not declared stays; all else is as declared.
 * `whole` are names of maps that are one value.
 */
export function overlay(live: Fields, declared: Fields, whole: readonly string[] = []): Fields {
  const over = Object.entries(declared).map(([name, value]) => {
    const before = whole.includes(name) || !Object.hasOwn(live, name) ? undefined : live[name];
    return [name, overlayValue(before, value, whole)] as const;
  });
  return { ...live, ...Object.fromEntries(over) };
}

function overlayValue(live: Value | undefined, declared: Value, whole: readonly string[]): Value {
  return live !== undefined && isFields(live) && isFields(declared) ? overlay(live, declared, whole) : declared;
}

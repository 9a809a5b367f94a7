import { isFields, isList, type Fields, type Value } from './value.ts';

/** The value at a path, whose steps into a list are numbers as text; undefined where there is none. */
export function valueAt(fields: Fields, path: readonly string[]): Value | undefined {
  return path.reduce<Value | undefined>((value, step) => {
    if (value !== undefined && isList(value)) return value[Number(step)];
    return memberOf(value, step);
  }, fields);
}

/** A member of a map of values; undefined where the value is no map, or has none of its own by that name. */
export function memberOf(value: Value | undefined, name: string): Value | undefined {
  if (value === undefined || !isFields(value)) return undefined;
  const fields: Fields = value;
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

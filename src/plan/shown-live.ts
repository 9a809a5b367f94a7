import { isFields, isList, type Value } from '../model/value.ts';

/** What stands below a secret member, in the path or in the value, is not ours to show: `***` stands for it. */
export function shownLive(path: readonly string[], live: Value, secretMembers: readonly string[]): Value {
  return path.some((step) => secretMembers.includes(step)) ? masked(live) : withMasks(live, secretMembers);
}

function withMasks(value: Value, secretMembers: readonly string[]): Value {
  if (isList(value)) return value.map((item) => withMasks(item, secretMembers));
  if (!isFields(value)) return value;
  const members = Object.entries(value).map(([name, member]) => {
    return [name, secretMembers.includes(name) ? masked(member) : withMasks(member, secretMembers)] as const;
  });
  return Object.fromEntries(members);
}

function masked(value: Value): Value {
  if (isList(value)) return value.map(masked);
  if (isFields(value)) return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, masked(member)]));
  return value === null ? null : '***';
}

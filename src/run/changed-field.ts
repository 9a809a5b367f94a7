import { canonicalJson } from '../model/digest.ts';
import { isFields, isList, type Fields, type Value } from '../model/value.ts';
import { memberOf } from '../model/value-at.ts';

/** What is compared: what the file declares, as it was read, and as it is now. */
type Compared = { readonly declared: Value; readonly before: Value | undefined; readonly now: Value | undefined };

/** The first declared field (dotted) that is no longer as it was read; what the file does not say may be anything. */
export function changedField(declared: Fields, before: Fields, now: Fields): string | undefined {
  const [first] = changesIn([], { declared, before, now });
  return first?.join('.');
}

function changesIn(path: readonly string[], compared: Compared): readonly (readonly string[])[] {
  const { declared, before, now } = compared;
  if (isFields(declared)) {
    return Object.entries(declared).flatMap(([name, member]) =>
      changesIn([...path, name], { declared: member, before: memberOf(before, name), now: memberOf(now, name) }),
    );
  }
  const items = itemsOf(compared);
  if (items !== undefined) return items.flatMap((item, index) => changesIn([...path, String(index)], item));
  return canonicalJson(before ?? null) === canonicalJson(now ?? null) ? [] : [path];
}

/** Undefined where they are no lists of one length. */
function itemsOf({ declared, before, now }: Compared): readonly Compared[] | undefined {
  if (!isList(declared) || before === undefined || !isList(before) || now === undefined || !isList(now))
    return undefined;
  if (before.length !== declared.length || now.length !== declared.length) return undefined;
  return declared.map((item, index) => ({ declared: item, before: before[index], now: now[index] }));
}

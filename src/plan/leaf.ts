import { canonicalJson } from '../model/digest.ts';
import { isFields, isList, isSecret, type Value } from '../model/value.ts';
import { memberOf } from '../model/value-at.ts';

/** A field that is compared as one value: as the file says it, as it is live, and what the provider has by default. */
export type Leaf = {
  readonly path: readonly string[];
  readonly declared: Value;
  readonly live: Value | undefined;
  /** The provider's default. */
  readonly fallback: Value | undefined;
};

/** Maps are compared member by member, lists of one length item by item; all else, and what is `whole`, is a leaf. */
export function leavesOf(leaf: Leaf, whole: readonly string[]): readonly Leaf[] {
  const { path, declared, live, fallback } = leaf;
  if (isWhole(path, whole)) return [leaf];
  if (isFields(declared)) {
    return Object.entries(declared).flatMap(([name, member]) =>
      leavesOf(
        {
          path: [...path, name],
          declared: member,
          live: memberOf(live, name),
          fallback: memberOf(fallback, name),
        },
        whole,
      ),
    );
  }
  const items = itemsOf(leaf);
  if (!isList(declared) || items === undefined) return [leaf];
  return declared.flatMap((item, index) =>
    leavesOf({ path: [...path, String(index)], declared: item, live: items[index], fallback: undefined }, whole),
  );
}

/** The live items of a list that is as long as the declared one. */
export function itemsOf({ declared, live }: Leaf): readonly Value[] | undefined {
  if (!isList(declared) || live === undefined || !isList(live)) return undefined;
  return live.length === declared.length ? live : undefined;
}

/** Whether a field is one value, as the codec names such fields. */
export function isWhole(path: readonly string[], whole: readonly string[] = []): boolean {
  return whole.some((pattern) => matches(path, pattern.split('.')));
}

function matches(path: readonly string[], pattern: readonly string[]): boolean {
  return path.length === pattern.length && path.every((step, at) => pattern[at] === '*' || pattern[at] === step);
}

/** Whether the live value means what the declared one says; a secret without a value is not compared. */
export function isSame({ declared, live, fallback }: Leaf, secrets: ReadonlyMap<string, string | undefined>): boolean {
  if (!isSecret(declared)) return isAlike(declared, live, fallback);
  const value = secrets.get(declared.$secret);
  return value === undefined || value === live;
}

/** Whether two values are equal where the default stands for what is absent or null. */
export function isAlike(a: Value | undefined, b: Value | undefined, fallback: Value | undefined): boolean {
  return canonicalJson(a ?? fallback ?? null) === canonicalJson(b ?? fallback ?? null);
}

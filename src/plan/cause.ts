import type { Cause } from '../model/plan.ts';
import { isFields, isList, isSecret, type Fields, type Value } from '../model/value.ts';
import { memberOf, valueAt } from '../model/value-at.ts';
import { appliedHash } from './desired.ts';
import { isAlike, isSame, itemsOf, leavesOf, type Leaf } from './leaf.ts';

/** What is known of the fields as they were applied last. */
export type LastApplied =
  | { readonly kind: 'fields'; readonly fields: Fields }
  /** Only their hash, from the ownership mark. */
  | { readonly kind: 'hash'; readonly hash: string }
  /** This file never applied anything: all differences are its own. */
  | { readonly kind: 'never' }
  | { readonly kind: 'unknown' };

/** What the causes of differences are judged by, besides the fields. */
export type CauseContext = {
  /** What the provider has where a field is absent or null. */
  readonly defaults: Fields;
  /** Fields that are one value, as the codec names them. */
  readonly whole?: readonly string[];
  /** Secrets as written, to value; one without a value is not compared. */
  readonly secrets: ReadonlyMap<string, string | undefined>;
  readonly last: LastApplied;
};

/** Tells of each field that differs which side changed. */
export function causesOf(declared: Fields, live: Fields, context: CauseContext): (leaf: Leaf) => Cause {
  const { last } = context;
  switch (last.kind) {
    case 'fields':
      return (leaf) => causeByFields(leaf, last.fields, context);
    case 'hash': {
      const cause = causeByHash(declared, live, last.hash, context);
      return () => cause;
    }
    case 'never':
      return () => 'config';
    case 'unknown':
      return () => 'unknown';
  }
}

function causeByFields({ path, declared, live, fallback }: Leaf, fields: Fields, context: CauseContext): Cause {
  const base = valueAt(fields, path);
  if (base === undefined) return 'config';
  // The same secret as written: whether its value was changed here or over there cannot be seen.
  if (isSecret(declared)) return isAlike(declared, base, undefined) ? 'unknown' : 'config';
  if (isAlike(declared, base, fallback)) return 'drift';
  // What was applied need not be all that is over there: items of lists have ids, and members that nobody declared.
  const applied = leavesOf({ path, declared: base, live, fallback }, context.whole ?? []);
  return applied.every((leaf) => isSame(leaf, context.secrets)) ? 'config' : 'both';
}

/** The hash of what was applied equals either the file's (then all is drift) or that of what is live (then nothing is). */
function causeByHash(declared: Fields, live: Fields, hash: string, context: CauseContext): Cause {
  if (appliedHash(declared) === hash) return 'drift';
  const root = { path: [], declared, live, fallback: context.defaults };
  return appliedHash(liveInFormOf(root, context.secrets)) === hash ? 'config' : 'unknown';
}

/** The live values of the declared fields, written as the file writes them where they mean the same. */
function liveInFormOf(leaf: Leaf, secrets: CauseContext['secrets']): Value {
  const { declared, live, fallback } = leaf;
  const items = itemsOf(leaf);
  if (isList(declared) && items !== undefined) {
    return declared.map((item, index) =>
      liveInFormOf({ path: [], declared: item, live: items[index], fallback: undefined }, secrets),
    );
  }
  if (!isFields(declared)) return isSame(leaf, secrets) ? declared : (live ?? null);
  return Object.fromEntries(
    Object.entries(declared).map(([name, member]) => [
      name,
      liveInFormOf(
        { path: [], declared: member, live: memberOf(live, name), fallback: memberOf(fallback, name) },
        secrets,
      ),
    ]),
  );
}

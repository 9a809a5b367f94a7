/**
 * Three ways at once: what the file says, what was last applied, what is live. Goes in: fields in wire form. Comes
 * out: the declared fields that differ, each with its cause. Undeclared fields are left alone, and values that mean the
 * provider's default never show. Knows no provider and no identity.
 */
import { canonicalJson } from '../model/digest.ts';
import type { Cause, Change } from '../model/plan.ts';
import type { Place } from '../model/place.ts';
import { isFields, isList, isSecret, type Fields, type Value } from '../model/value.ts';
import { appliedHash } from './desired.ts';

/** What is known of the fields as they were applied last. */
export type LastApplied =
  | { readonly kind: 'fields'; readonly fields: Fields }
  /** Only their hash, from the ownership mark. */
  | { readonly kind: 'hash'; readonly hash: string }
  /** This file never applied anything: all differences are its own. */
  | { readonly kind: 'never' }
  | { readonly kind: 'unknown' };

/** What the comparison needs beside the fields. */
export type DiffContext = {
  /** What the provider has where a field is absent or null. */
  readonly defaults: Fields;
  /** Fields that are one value, as the codec names them. */
  readonly whole?: readonly string[];
  /** Secrets as written, to value; one without a value is not compared. */
  readonly secrets: ReadonlyMap<string, string | undefined>;
  readonly last: LastApplied;
  /** Members of live objects that hold secrets: their values are not shown. */
  readonly secretMembers?: readonly string[];
  /** Where declared fields stand, by dotted path. */
  readonly places: Readonly<Record<string, Place>>;
};

/** The changes that would make the live fields what the declared ones say, in the file's order. */
export function diffFields(declared: Fields, live: Fields, context: DiffContext): readonly Change[] {
  const { defaults, secrets, whole = [], secretMembers = [] } = context;
  const leaves = leavesOf({ path: [], declared, live, fallback: defaults }, whole).filter(
    (leaf) => !isSame(leaf, secrets),
  );
  const causeOf = judge(declared, live, context);
  return leaves.map((leaf) => {
    const path = leaf.path.join('.');
    const at = placeOf(leaf.path, context.places);
    return {
      path,
      ...(leaf.live === undefined || isSecret(leaf.declared)
        ? {}
        : { before: shownLive(leaf.path, leaf.live, secretMembers) }),
      after: leaf.declared,
      cause: causeOf(leaf),
      ...(at === undefined ? {} : { at }),
    };
  });
}

/** What stands below a secret member, in the path or in the value, is not ours to show. */
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

/** One change for each declared field of an object that is not there yet. */
export function allNew(
  declared: Fields,
  { places, whole = [] }: Pick<DiffContext, 'places' | 'whole'>,
): readonly Change[] {
  const leaves = leavesOf({ path: [], declared, live: undefined, fallback: undefined }, whole);
  return leaves.map(({ path, declared: after }) => {
    const at = placeOf(path, places);
    const change = { path: path.join('.'), after, cause: 'config' } as const;
    return at === undefined ? change : { ...change, at };
  });
}

type Leaf = {
  readonly path: readonly string[];
  readonly declared: Value;
  readonly live: Value | undefined;
  /** The provider's default. */
  readonly fallback: Value | undefined;
};

/** Maps are compared member by member, lists of one length item by item; all else, and what is `whole`, is a leaf. */
function leavesOf(leaf: Leaf, whole: readonly string[]): readonly Leaf[] {
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
function itemsOf({ declared, live }: Leaf): readonly Value[] | undefined {
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

function memberOf(value: Value | undefined, name: string): Value | undefined {
  if (value === undefined || !isFields(value)) return undefined;
  const fields: Fields = value;
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function isSame({ declared, live, fallback }: Leaf, secrets: DiffContext['secrets']): boolean {
  if (!isSecret(declared)) return isAlike(declared, live, fallback);
  const value = secrets.get(declared.$secret);
  return value === undefined || value === live;
}

function isAlike(a: Value | undefined, b: Value | undefined, fallback: Value | undefined): boolean {
  return canonicalJson(a ?? fallback ?? null) === canonicalJson(b ?? fallback ?? null);
}

function judge(declared: Fields, live: Fields, context: DiffContext): (leaf: Leaf) => Cause {
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

function causeByFields({ path, declared, live, fallback }: Leaf, fields: Fields, context: DiffContext): Cause {
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
function causeByHash(declared: Fields, live: Fields, hash: string, context: DiffContext): Cause {
  if (appliedHash(declared) === hash) return 'drift';
  const root = { path: [], declared, live, fallback: context.defaults };
  return appliedHash(liveInFormOf(root, context.secrets)) === hash ? 'config' : 'unknown';
}

/** The live values of the declared fields, written as the file writes them where they mean the same. */
function liveInFormOf(leaf: Leaf, secrets: DiffContext['secrets']): Value {
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

/** The value at a path; undefined where there is none. */
export function valueAt(fields: Fields, path: readonly string[]): Value | undefined {
  return path.reduce<Value | undefined>((value, name) => {
    if (value !== undefined && isList(value)) return value[Number(name)];
    return memberOf(value, name);
  }, fields);
}

/** The nearest place that the file gives: a list's for its items. */
export function placeOf(path: readonly string[], places: DiffContext['places']): Place | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const place = places[path.slice(0, length).join('.')];
    if (place !== undefined) return place;
  }
  return undefined;
}

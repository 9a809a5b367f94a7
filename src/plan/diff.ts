/**
 * Three ways at once: what the file says, what was last applied, what is live. Goes in: fields in wire form. Comes
 * out: the declared fields that differ, each with its cause. Undeclared fields are left alone, and values that mean the
 * provider's default never show. Knows no provider and no identity.
 */
import type { Change } from '../model/plan.ts';
import type { Place } from '../model/place.ts';
import { isSecret, type Fields } from '../model/value.ts';
import { causesOf, type CauseContext } from './cause.ts';
import { isSame, leavesOf } from './leaf.ts';
import { nearestPlace } from './nearest-place.ts';
import { shownLive } from './shown-live.ts';

/** What the comparison needs beside the fields. */
export type DiffContext = CauseContext & {
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
  const causeOf = causesOf(declared, live, context);
  return leaves.map((leaf) => {
    const path = leaf.path.join('.');
    const at = nearestPlace(leaf.path, context.places);
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

/** One change for each declared field of an object that is not there yet. */
export function allNew(
  declared: Fields,
  { places, whole = [] }: Pick<DiffContext, 'places' | 'whole'>,
): readonly Change[] {
  const leaves = leavesOf({ path: [], declared, live: undefined, fallback: undefined }, whole);
  return leaves.map(({ path, declared: after }) => {
    const at = nearestPlace(path, places);
    const change = { path: path.join('.'), after, cause: 'config' } as const;
    return at === undefined ? change : { ...change, at };
  });
}

/**
 * What an update takes away without a declared field saying so: a list is written as the file has it, so members of
 * its items that are live and not declared are gone afterwards. Goes in: what is live and what the codec leaves. Comes
 * out: a change without `after` for each.
 */
import type { Cause, Change } from '../model/plan.ts';
import { isFields, isList, type Fields, type Value } from '../model/value.ts';
import { valueAt } from '../model/value-at.ts';
import { appliedHash } from './desired.ts';
import type { LastApplied } from './cause.ts';
import type { DiffContext } from './diff.ts';
import { isWhole } from './leaf.ts';
import { nearestPlace } from './nearest-place.ts';
import { shownLive } from './shown-live.ts';

/** What an update works on. */
export type Rewriting = {
  readonly declared: Fields;
  readonly live: Fields;
  /** Undefined where an update changes declared members alone. */
  readonly written: Fields | undefined;
};

/** In the order of what is live. */
export function removals({ declared, live, written }: Rewriting, context: DiffContext): readonly Change[] {
  if (written === undefined) return [];
  const { places, last, secretMembers = [] } = context;
  return goneFrom({ path: [], live, written, fallback: context.defaults }, context).map(({ path, live: before }) => {
    const at = nearestPlace(path, places);
    return {
      path: path.join('.'),
      before: shownLive(path, before, secretMembers),
      cause: causeOf(path, last, declared),
      ...(at === undefined ? {} : { at }),
    };
  });
}

type Pair = {
  readonly path: readonly string[];
  readonly live: Value;
  readonly written: Value;
  readonly fallback: Value | undefined;
};

type Gone = Pick<Pair, 'path' | 'live'>;

/** Lists of another length are changes of the list, and what is one value is compared as such. */
function goneFrom(pair: Pair, context: DiffContext): readonly Gone[] {
  const { path, live, written, fallback } = pair;
  if (isWhole(path, context.whole)) return [];
  if (isList(live) && isList(written)) {
    if (live.length !== written.length) return [];
    return live.flatMap((item, index) =>
      goneOrBelow(
        { path: [...path, String(index)], live: item, written: written[index], fallback: undefined },
        context,
      ),
    );
  }
  if (!isFields(live) || !isFields(written)) return [];
  return Object.entries(live).flatMap(([name, member]) =>
    goneOrBelow(
      {
        path: [...path, name],
        live: member,
        written: valueAt(written, [name]),
        fallback: fallback === undefined || !isFields(fallback) ? undefined : valueAt(fallback, [name]),
      },
      context,
    ),
  );
}

function goneOrBelow(
  { written, ...pair }: Omit<Pair, 'written'> & { readonly written: Value | undefined },
  context: DiffContext,
): readonly Gone[] {
  if (written !== undefined) return goneFrom({ ...pair, written }, context);
  // A field that is not written at all is left alone.
  return pair.path.length === 1 || isNothing(pair.live, pair.fallback) ? [] : [pair];
}

/** Nothing is lost with what is empty. */
function isNothing(value: Value, fallback: Value | undefined): boolean {
  if (isList(value)) return value.length === 0;
  if (isFields(value)) return Object.keys(value).length === 0;
  return value === null || value === fallback;
}

/** Where the file is as it was applied, all is drift. */
function causeOf(path: readonly string[], last: LastApplied, declared: Fields): Cause {
  switch (last.kind) {
    case 'fields':
      return valueAt(last.fields, path) === undefined ? 'drift' : 'config';
    case 'never':
      return 'config';
    case 'hash':
      return appliedHash(declared) === last.hash ? 'drift' : 'unknown';
    case 'unknown':
      return 'unknown';
  }
}

import type { Diagnostic } from '../model/diagnostic.ts';
import type { Place } from '../model/place.ts';
import { joinPath } from './sourced.ts';

/**
 * The findings without those that only follow from another: where a trap was found, that its value then has the wrong
 * type or form is no news, and neither is that a key is missing which stands there misspelt, or what is below a key that
 * may not stand there.
 */
export function withoutEchoes(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const trapped = new Set(diagnostics.filter(({ code }) => code.startsWith('TRAP_')).map(({ at }) => spot(at)));
  const misplaced = diagnostics.flatMap((one) =>
    one.code === 'KEY_UNKNOWN' || one.code === 'KEY_REFUSED' || one.code === 'KEY_NAME'
      ? [joinPath(one.args.path, one.args.key)]
      : [],
  );
  const misspelt = new Set(
    diagnostics.flatMap((one) =>
      one.code === 'KEY_UNKNOWN' && one.args.meant !== undefined ? [keyOf(one.args.path, one.args.meant)] : [],
    ),
  );
  return diagnostics.filter((one) => {
    if (one.code === 'KEY_MISSING') return !misspelt.has(keyOf(one.args.path, one.args.key));
    if (one.code === 'TEMPLATE_NOT_HERE') return !misplaced.some((path) => isBelow(one.args.path, path));
    return !one.code.startsWith('VALUE_') || !trapped.has(spot(one.at));
  });
}

function isBelow(path: string, above: string): boolean {
  return path === above || path.startsWith(`${above}.`) || path.startsWith(`${above}[`);
}

/** What an environment says it says about the file. */
function keyOf(path: string, key: string): string {
  return JSON.stringify([path.replace(/^environments(?:\.[\w-]+|\["[^"]*"\])\.?/, ''), key]);
}

function spot(place: Place | undefined): string {
  return JSON.stringify([place?.file, place?.line, place?.col]);
}

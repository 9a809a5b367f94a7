/** Quantities at a path of a campaign file. */
import { parseDuration } from './quantity.ts';
import type { Path, Sourced } from './sourced.ts';
import { at, textAt } from './sourced.ts';

/** The number at a path; undefined where there is none. */
export function numberAt(node: Sourced | undefined, path: Path): number | undefined {
  const found = at(node, path);
  return found?.kind === 'scalar' && typeof found.value === 'number' ? found.value : undefined;
}

/** The duration at a path, in ms; undefined where there is none. */
export function durationAt(node: Sourced | undefined, path: Path): number | undefined {
  return parseDuration(textAt(node, path) ?? '');
}

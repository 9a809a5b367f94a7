import { relative } from 'node:path';

/** A path as people are shown it: from the working directory where it lies below it, else whole. */
export function shownPath(path: string, cwd: string): string {
  const short = relative(cwd, path);
  return short === '' || short.startsWith('..') ? path : short;
}

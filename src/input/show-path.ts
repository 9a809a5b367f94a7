import { relative } from 'node:path';

/** A path as people see it in messages: relative to where they are, with slashes on every system. */
export function showPath(absolute: string, cwd: string): string {
  const path = relative(cwd, absolute).replaceAll('\\', '/');
  return path === '' ? '.' : path;
}

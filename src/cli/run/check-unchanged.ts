import { showPath } from '../../input/show-path.ts';
import type { World } from '../../ports.ts';
import { Halt } from '../halt.ts';
import type { RunRequest } from './run-request.ts';

/** What was approved is what was shown: a file may have changed since, as a person was asked for long. @throws Halt where one did */
export async function checkUnchanged(
  { changed, follow }: Pick<RunRequest, 'changed' | 'follow'>,
  { cwd }: Pick<World, 'cwd'>,
): Promise<void> {
  const path = await changed?.();
  if (path === undefined) return;
  throw new Halt('conflict', `${showPath(path, cwd)} changed after this run read it; nobody was called`, [
    follow('plan'),
  ]);
}

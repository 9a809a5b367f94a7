import { runningDigest } from '../../model/running-digest.ts';
import type { World } from '../../ports.ts';
import { Findings } from '../run/findings-error.ts';
import { shownPath } from '../shown-path.ts';
import type { LoadedManifest } from './load-manifest.ts';

type Reading = Pick<World, 'files' | 'cwd'>;

/**
 * Reads the results that were written with a manifest, line by line, in flat memory. Undefined where the manifest was
 * written without any. @throws Findings where they are missing, or are others than those
 */
export async function readResults(
  { manifest, results }: LoadedManifest,
  { files, cwd }: Reading,
  line: (text: string, number: number) => void,
): Promise<'read' | 'none'> {
  const path = shownPath(results, cwd);
  const { results_sha256: expected } = manifest.record;
  if (expected === undefined) return 'none';
  if ((await files.info(results)) === undefined) throw findings({ path, problem: 'missing' });
  const hash = runningDigest();
  const decoder = new TextDecoder();
  let number = 0;
  let rest = '';
  const take = (text: string): void => {
    number += 1;
    line(text, number);
  };
  for await (const chunk of files.stream(results)) {
    hash.add(chunk);
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(take);
  }
  if (rest !== '') take(rest);
  if (hash.hex() !== expected) throw findings({ path, problem: 'differs' });
  return 'read';
}

function findings(args: { readonly path: string; readonly problem: 'missing' | 'differs' }): Findings {
  return new Findings([{ code: 'MANIFEST_RESULTS', args }]);
}

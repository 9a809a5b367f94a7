import { environmentsOf } from '../campaign/compose.ts';
import type { SourcedMap } from '../campaign/sourced.ts';
import { countOf } from '../model/count-of.ts';

/** A file whose environments do not go with the command line. */
export type Misuse = {
  readonly file: string;
  /** What it is, as the rest of a sentence about one file, and about several. */
  readonly is: string;
  readonly are: string;
  readonly remedy: string;
};

type Chosen = {
  /** `-e`. */
  readonly environment?: string;
  /** Whether a file with environments may be taken without one of them. */
  readonly base: 'allowed' | 'refused';
};

/** What is wrong with the choice of an environment for this file; undefined where nothing is. */
export function environmentMisuse(
  { file, root }: { readonly file: string; readonly root?: SourcedMap },
  { environment, base }: Chosen,
): Misuse | undefined {
  if (root === undefined) return undefined;
  const names = environmentsOf(root);
  const remedy = `say one of ${names.map((name) => `-e ${name}`).join(', ')}`;
  if (environment === undefined) {
    if (names.length === 0 || base === 'allowed') return undefined;
    return { file, is: 'has environments', are: 'have environments', remedy };
  }
  if (names.includes(environment) || (names.length === 0 && environment === 'default')) return undefined;
  return names.length === 0
    ? { file, is: 'has no environments', are: 'have no environments', remedy: `leave out -e ${environment}` }
    : { file, is: `has no environment ${environment}`, are: `have no environment ${environment}`, remedy };
}

/** Files that are misused alike are said together. */
export function misuseWords(misused: readonly Misuse[]): string {
  const alike = Map.groupBy(misused, ({ is, remedy }) => `${is}: ${remedy}`);
  return [...alike.values()]
    .flatMap(([first, ...more]) => {
      if (first === undefined) return [];
      const { file, is, are, remedy } = first;
      return more.length === 0
        ? `${file} ${is}: ${remedy}`
        : `${file} and ${countOf(more.length, 'other')} ${are}: ${remedy}`;
    })
    .join('\n');
}

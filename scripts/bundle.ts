/**
 * Puts modules and all that they import into few files: a command that loads hundreds of them spends most of its time
 * there. What a command needs only sometimes stays apart, where the source imports it with `import()`.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { rolldown, type CodeSplittingGroup } from 'rolldown';

/** What is put together, and where. */
export type Bundling = {
  /** By name, the modules to begin with. */
  readonly entries: Readonly<Record<string, string>>;
  /**
   * Modules that get a file of their own with all that they always load and that is not in the file of one before: left
   * alone, what is shared lies in as many small files as there are sets of entries that share it. @default none
   */
  readonly together?: readonly string[];
  /** Where the files are written. */
  readonly folder: string;
};

/**
 * Writes the entries to `folder` under their names, with `.js`. What they share goes into `folder/chunks`, which lies as
 * deep below the package as the modules of `src/` do, so that paths relative to `import.meta.url` hold in both.
 * @returns the folders of the packages that went in
 */
export async function bundle({ entries, together = [], folder }: Bundling): Promise<readonly string[]> {
  const made = await rolldown({
    input: { ...entries },
    platform: 'node',
    // pg loads these where its native client is asked for, and at Cloudflare: never here.
    external: ['pg-native', 'pg-cloudflare'],
    onLog: (level, log, pass) => {
      // A module that is imported in both ways stays with the one that always loads it.
      if (log.code !== 'INEFFECTIVE_DYNAMIC_IMPORT') pass(level === 'warn' ? 'error' : level, log);
    },
  });
  try {
    const { output } = await made.write({
      dir: folder,
      format: 'esm',
      entryFileNames: '[name].js',
      chunkFileNames: 'chunks/[name]-[hash].js',
      comments: false,
      codeSplitting: { groups: together.map((path, index) => groupOf(path, together.length - index)) },
    });
    const modules = output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
    return [...new Set(modules.flatMap((id) => packageOf(id) ?? []))].toSorted();
  } finally {
    await made.close();
  }
}

/** Which packages were bundled, and the terms under which each may be passed on, in its own words. */
export function licencesOf(packages: readonly string[]): string {
  const found = packages.map((folder) => licenceOf(folder));
  const list = found.map(({ title }) => `  ${title}`).join('\n');
  const terms = found.map(({ title, text }) => `${'='.repeat(80)}\n${title}\n\n${text}`).join('\n\n');
  return `callplan contains these packages. The terms of each follow.\n\n${list}\n\n${terms}\n`;
}

/** A group takes in what its modules import, so that no two files can import each other. */
function groupOf(path: string, priority: number): CodeSplittingGroup {
  return { name: basename(path, '.ts'), test: (id) => id === path, includeDependenciesRecursively: true, priority };
}

function packageOf(module: string): string | undefined {
  return /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(module)?.[0];
}

/** @throws Error for a package that says its terms nowhere */
function licenceOf(folder: string): { readonly title: string; readonly text: string } {
  const { name, version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly version: string;
    readonly license: string;
    readonly author?: string | { readonly name: string };
  };
  const by = typeof author === 'string' ? author : author?.name;
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|notice)/i.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  const text = texts.length > 0 ? texts.join('\n\n') : inReadme(folder);
  if (!/permission|redistribution/i.test(text))
    throw new Error(`${name} ${version} says nowhere what its licence permits`);
  return { title: `${name} ${version}: ${license}${by === undefined ? '' : `, by ${by}`}`, text };
}

/** Some packages have their terms at the end of their README only. */
function inReadme(folder: string): string {
  const readme = readdirSync(folder).find((file) => /^readme/i.test(file));
  const text = readme === undefined ? '' : readFileSync(join(folder, readme), 'utf8');
  return (/^#+ *licen[cs]e\s*$(?<terms>[^]*)/im.exec(text)?.groups?.['terms'] ?? '').trim();
}

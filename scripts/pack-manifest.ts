/**
 * `node scripts/pack-manifest.ts strip` takes out of package.json what is only for work in this repository before npm
 * packs it: the Node of its own would be 100 MB for everybody who installs callplan, and the dependencies are in dist/
 * already. `restore` puts it back afterwards.
 * npm reads package.json again before it publishes a folder: publish the packed file (`npm run release`).
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const manifestPath = join(import.meta.dirname, '../package.json');
const asidePath = `${manifestPath}.unpacked`;

const repositoryOnly = ['scripts', 'dependencies', 'devDependencies', 'optionalDependencies'];

const [command] = process.argv.slice(2);
if (command === 'strip') strip();
else if (command === 'restore') restore();
else throw new Error(`pack-manifest: say strip or restore, not ${command}`);

function strip(): void {
  restore();
  const text = readFileSync(manifestPath, 'utf8');
  const published = JSON.parse(text) as Record<string, unknown>;
  for (const key of repositoryOnly) delete published[key];
  writeFileSync(asidePath, text);
  writeFileSync(manifestPath, `${JSON.stringify(published, null, 2)}\n`);
}

/** Also mends what a pack that was interrupted left behind. */
function restore(): void {
  if (existsSync(asidePath)) renameSync(asidePath, manifestPath);
}

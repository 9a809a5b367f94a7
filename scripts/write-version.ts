/** Writes the version of package.json into src/version.ts, after Changesets has raised it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const versionPath = join(root, 'src/version.ts');

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const source = readFileSync(versionPath, 'utf8');
writeFileSync(versionPath, source.replace(/'[^']*'/, `'${version}'`));

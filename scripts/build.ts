/** Builds `dist/`: the program and the provider kit, each with all that it needs, and the kit's types. */
import { spawnSync } from 'node:child_process';
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, licencesOf } from './bundle.ts';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

const entries = ['bin', 'provider-kit/provider', 'provider-kit/testing'];

/** What all commands load, and those that read campaigns; the version is told without either. */
const together = ['version', 'cli/main', 'cli/commands/validate'];

rmSync(dist, { recursive: true, force: true });
process.exitCode = writeTypes();
if (process.exitCode === 0) await writePrograms();

function writeTypes(): number {
  const tsc = [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'];
  return spawnSync(process.execPath, tsc, { cwd: root, stdio: 'inherit' }).status ?? 1;
}

async function writePrograms(): Promise<void> {
  const packages = await bundle({
    entries: Object.fromEntries(entries.map((name) => [name, join(root, `src/${name}.ts`)])),
    together: together.map((name) => join(root, `src/${name}.ts`)),
    folder: dist,
  });
  writeFileSync(join(dist, 'licences.txt'), licencesOf(packages));
  // The bundler writes plain files, and npm runs the binary as it lies there in a checkout.
  chmodSync(join(dist, 'bin.js'), 0o755);
}

/** Builds `dist/` from `src/` with tsc. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

process.exitCode = build();

function build(): number {
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  const tsc = spawnSync(
    process.execPath,
    [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'],
    { cwd: root, stdio: 'inherit' },
  );
  const bin = join(root, 'dist/bin.js');
  // tsc writes plain files, and npm runs the binary as it lies there in a checkout.
  if (existsSync(bin)) chmodSync(bin, 0o755);
  return tsc.status ?? 1;
}

/**
 * Builds `dist/` from `src/` and links `node_modules/.bin/callplan` to it, so that `npx callplan` in a checkout
 * runs the checkout. npm links the binaries of dependencies only, never those of the package itself.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

process.exitCode = build();

function build(): number {
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  const tsc = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  });
  const bin = join(root, 'dist/bin.js');
  if (!existsSync(bin)) return tsc.status || 1;
  chmodSync(bin, 0o755);
  linkBin();
  return tsc.status ?? 1;
}

function linkBin(): void {
  const link = join(root, 'node_modules/.bin/callplan');
  rmSync(link, { force: true });
  symlinkSync('../../dist/bin.js', link);
}

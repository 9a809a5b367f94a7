/**
 * Packs callplan, puts the packed file into an empty project as npm would, and tries there what only an installed package
 * can show: both entry points of the provider kit, their types, and the program with a module as its provider.
 * Nothing is downloaded: the dependencies are linked from this repository.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const project = mkdtempSync(join(tmpdir(), 'callplan-package-'));

try {
  install();
  addProject();
  run('the tests of the example', process.execPath, ['--test', 'acme.test.js']);
  run('the types of the kit', process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', '.']);
  const bin = join(project, 'node_modules/callplan/dist/bin.js');
  run('the program', process.execPath, [bin, 'rehearse', 'campaign.yaml', '--allow-provider', 'acme.js']);
} finally {
  rmSync(project, { recursive: true, force: true });
}

function install(): void {
  execFileSync('npm', ['pack', '--silent', '--pack-destination', project], { cwd: root, stdio: 'pipe' });
  const { version, dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly version: string;
    readonly dependencies: Readonly<Record<string, string>>;
  };
  const target = join(project, 'node_modules/callplan');
  mkdirSync(target, { recursive: true });
  const packed = join(project, `callplan-${version}.tgz`);
  execFileSync('tar', ['-xzf', packed, '-C', target, '--strip-components=1']);
  for (const name of [...Object.keys(dependencies), '@types/node']) {
    const link = join(project, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), link);
  }
}

function addProject(): void {
  cpSync(join(root, 'docs/example-provider'), project, { recursive: true });
  writeFileSync(join(project, 'package.json'), JSON.stringify({ type: 'module' }));
  const compilerOptions = {
    target: 'es2024',
    module: 'nodenext',
    types: ['node'],
    strict: true,
    noEmit: true,
    allowJs: true,
    checkJs: true,
  };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.js'] }));
}

function run(what: string, program: string, argv: readonly string[]): void {
  try {
    execFileSync(program, argv, { cwd: project, stdio: 'pipe', encoding: 'utf8' });
    console.log(`ok: ${what}`);
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout: string; readonly stderr: string };
    console.error(`failed: ${what}\n${stdout}${stderr}`);
    process.exitCode = 1;
  }
}

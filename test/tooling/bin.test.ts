import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { version } from '../../src/version.ts';

const bin = join(import.meta.dirname, '../../src/bin.ts');

test('says its version', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, '--version'], { encoding: 'utf8' });
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
});

test('names the Node to install when it starts on one that is too old', () => {
  const older = "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.19.0' } })";
  const preload = `data:text/javascript,${encodeURIComponent(older)}`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', preload, bin, '--version'], {
    encoding: 'utf8',
  });
  expect({ status, stdout }).toEqual({ status: 64, stdout: '' });
  expect(stderr).toContain('callplan needs Node.js 24 or newer');
  expect(stderr).toContain('this is 20.19.0');
  expect(stderr).toContain('npx -p node@24 callplan');
  expect(stderr).toContain('npm install node@24');
  expect(stderr).toContain('https://nodejs.org/en/download');
});

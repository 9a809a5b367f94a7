import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync } from 'node:fs';
import { tmpdir } from 'node:os';
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

test('says so where the folder that it starts in was removed', () => {
  const gone = mkdtempSync(join(tmpdir(), 'callplan-gone-'));
  const script = `rmdir "${gone}"; exec "${process.execPath}" "${bin}" validate`;
  const { status, stderr } = spawnSync('sh', ['-c', script], { cwd: gone, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({
    status: 8,
    stderr: 'callplan: the folder that you are in is not there any more\n\nNext: cd to the folder of your campaigns\n',
  });
});

test.skipIf(!existsSync('/dev/full'))('says so where its output cannot be written', () => {
  const full = openSync('/dev/full', 'w');
  const { status, stderr } = spawnSync(process.execPath, [bin, 'explain'], {
    encoding: 'utf8',
    stdio: ['ignore', full, 'pipe'],
  });
  closeSync(full);
  expect({ status, stderr }).toMatchObject({
    status: 8,
    stderr: 'callplan: what it prints cannot be written: ENOSPC: no space left on device, write\n',
  });
});

test('says so where there is no folder for temporary files', () => {
  const campaign = join(import.meta.dirname, '../../campaigns/clinic-reminders');
  const env = { ...process.env, TMPDIR: '/not/there', TEMP: '/not/there', TMP: '/not/there' };
  const { status, stderr } = spawnSync(process.execPath, [bin, 'rehearse', campaign], { encoding: 'utf8', env });
  expect(status).toBe(8);
  expect(stderr).toMatch(/^callplan: \S*not\/there could not be used \(ENOENT/);
});

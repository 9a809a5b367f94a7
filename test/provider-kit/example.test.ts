import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const example = join(root, 'docs/example-provider');

test("the tests of the docs' example pass under node --test", async () => {
  const lent = ['--import', join(import.meta.dirname, 'lend-kit.ts')];
  const file = join(example, 'acme.test.js');
  const { stdout } = await run(process.execPath, [...lent, '--test', '--test-reporter=tap', file]);
  expect(stdout).toMatch(/^# pass [1-9]/m);
  expect(stdout).toMatch(/^# fail 0$/m);
});

test("the docs' example of a codec stays under 200 lines", () => {
  const lines = (file: string): number => readFileSync(join(example, file), 'utf8').split('\n').length - 1;
  expect(lines('acme.js')).toBeLessThan(200);
});

test('the program lends modules its own kit, whatever is installed beside them', async () => {
  const argv = ['validate', 'campaign.yaml', '--allow-provider', 'acme.js'];
  const { stdout } = await run(process.execPath, [join(root, 'src/bin.ts'), ...argv], { cwd: example });
  expect(stdout).toContain('Valid: 1 campaign.');
});

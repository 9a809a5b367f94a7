import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { transcript } from './transcript.ts';

const campaigns = join(import.meta.dirname, '../../campaigns');

test.each(readdirSync(campaigns))('the example %s rehearses to its end without a single variable set', async (name) => {
  const argv = ['rehearse', '.', '--at', '2026-11-23T08:00:00Z'];
  const text = await transcript([argv], { folder: join(campaigns, name), env: {} });
  expect(text).toContain('exit 0');
  expect(text).toContain('Complete: everybody has a final outcome');
});

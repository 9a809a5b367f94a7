import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { transcript } from './transcript.ts';

const campaigns = join(import.meta.dirname, '../../campaigns');

test.each(readdirSync(campaigns))(
  'rehearses the example %s on a fresh clone, where no variable is set',
  async (name) => {
    const text = await transcript([['rehearse', '.']], { folder: join(campaigns, name), env: {} });
    expect(text).toContain('exit 0\n');
    expect(text).toContain('Complete: everybody has a final outcome');
    expect(text).not.toContain('requests\n');
    const [, people = '0'] = /called +(\d+) people/.exec(text) ?? [];
    expect(Number(people)).toBeGreaterThanOrEqual(30);
  },
);

import { expect, test } from 'vitest';
import { appliedHash, nextMark, wireFields } from '../../src/plan/desired.ts';
import type { Fields } from '../../src/model/value.ts';
import { account } from './situation.ts';

const text = { $text: ['Hello ', { variable: 'name' }] } as const;

test('prints texts wherever they stand, and leaves secrets to be put in later', () => {
  const secret = { $secret: '${env.HOOK}' };
  const fields = { message: text, prompts: [{ content: text }, 'plain', null], hook: { url: secret } };
  expect(wireFields(fields, account.resource)).toEqual({
    message: 'Hello [name]',
    prompts: [{ content: 'Hello [name]' }, 'plain', null],
    hook: { url: secret },
  });
});

test('says what has two forms as the provider reads it', () => {
  const asRead = ({ voice, ...fields }: Fields): Fields => ({ ...fields, voice: { id: voice ?? null } });
  const fields = { message: text, voice: 'ada' };
  expect(wireFields(fields, { ...account.resource, asRead })).toEqual({
    message: 'Hello [name]',
    voice: { id: 'ada' },
  });
});

test('prints for the type of the live object where the file declares none', () => {
  const live = { workflow_type: 'CONVERSATION' };
  expect(wireFields({ message: text }, account.resource, live)).toEqual({ message: 'Hello {{name}}' });
  expect(wireFields({ message: text, workflow_type: 'ROBOCALL' }, account.resource, live)).toMatchObject({
    message: 'Hello [name]',
  });
});

test('hashes what is said, not how it is ordered', () => {
  expect(appliedHash({ name: 'a', include_reply: true })).toBe(appliedHash({ include_reply: true, name: 'a' }));
  expect(appliedHash({ name: 'a' })).toMatch(/^[0-9a-f]{16}$/);
});

test('keeps the store that runs the address', () => {
  const before = { address: 'clinic/default', applied: '0000000000000000', store: 'aaaaaaaa' };
  expect(nextMark('clinic/default', {}, before)).toEqual({ ...before, applied: appliedHash({}) });
  expect(nextMark('clinic/default', {}, undefined)).not.toHaveProperty('store');
});

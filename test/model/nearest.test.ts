import { expect, test } from 'vitest';
import { nearest } from '../../src/model/nearest.ts';

const columns = ['first_name', 'last_name', 'mobile', 'appointment'];

test.each([
  ['frist_name', columns, 'first_name'],
  ['first_nme', columns, 'first_name'],
  ['moblie', columns, 'mobile'],
  ['MOBILE', columns, 'mobile'],
  ['appoint', columns, 'appointment'],
  ['include_replies', ['include_reply', 'include_name'], 'include_reply'],
  ['prd', ['staging', 'prod'], 'prod'],
  ['Africa/Lagoss', ['Africa/Lagos', 'Africa/Lusaka'], 'Africa/Lagos'],
  ['ROW_PHONE_LOST_ZER', ['ROW_PHONE_LOST_PLUS', 'ROW_PHONE_LOST_ZERO'], 'ROW_PHONE_LOST_ZERO'],
])('takes %s for a slip', (written, words, meant) => {
  expect(nearest(written, words)).toBe(meant);
});

test.each([
  ['option_three', ['option_one', 'option_two']],
  ['fast', ['at', 'format', 'seed']],
  ['a', ['b']],
  ['id', ['in', 'at']],
  ['INTRON_API_KEY', ['OPENAI_API_KEY', 'CI_API_KEY']],
  ['middle_name', columns],
  ['name', ['time', 'date', 'first_name']],
  ['app', ['appointment', 'appeal']],
])('takes %s for none of words that are only alike', (written, words) => {
  expect(nearest(written, words)).toBeUndefined();
});

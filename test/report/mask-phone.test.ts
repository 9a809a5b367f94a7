import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskPhone } from '../../src/report/mask-phone.ts';

test.each([
  ['+2348031234567', '+234********67'],
  ['+14155550123', '+1********23'],
  ['+79161234567', '+7********67'],
  ['+442079460958', '+44********58'],
  ['+33123456789', '+33*******89'],
  ['+99812345', '+998***45'],
  ['+123', '+***'],
])('shows country code and last two digits of %s', (e164, shown) => {
  expect(maskPhone(e164, { show: false })).toBe(shown);
});

test('shows the number where the person asked for it', () => {
  expect(maskPhone('+2348031234567', { show: true })).toBe('+2348031234567');
});

test('keeps the length and never shows more than five digits', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\+[1-9]\d{6,14}$/), (e164) => {
      const shown = maskPhone(e164, { show: false });
      expect(shown).toHaveLength(e164.length);
      expect(shown.replaceAll(/\D/g, '').length).toBeLessThanOrEqual(5);
    }),
  );
});

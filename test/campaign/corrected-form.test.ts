import { expect, test } from 'vitest';
import { correctedForm } from '../../src/campaign/corrected-form.ts';

const duration = String.raw`^[1-9]\d{0,5}(s|m|h|d)$`;
const date = String.raw`^\d{4}-\d{2}-\d{2}$`;
const time = String.raw`^([01]\d|2[0-3]):[0-5]\d$`;
const name = '^[a-z0-9-]{1,63}$';

test.each([
  ['2 days', duration, '2d'],
  ['1 week', duration, '7d'],
  ['15 minutes', duration, '15m'],
  ['3 HRS', duration, '3h'],
  ['45sec', duration, '45s'],
  ['25.12.2026', date, '2026-12-25'],
  ['1.2.2026', date, '2026-02-01'],
  ['12/25/2026', date, '2026-12-25'],
  ['25/12/2026', date, '2026-12-25'],
  ['9:00', time, '09:00'],
])('%s is corrected', (found, pattern, corrected) => {
  expect(correctedForm(found, pattern)).toBe(corrected);
});

test.each([
  ['a unit that nobody uses', '2 fortnights', duration],
  ['none at all', '0 days', duration],
  ['a day and a month that could each be the other', '01/02/2026', date],
  ['a day of no calendar', '30.02.2026', date],
  ['a month of no calendar', '25.13.2026', date],
  ['a time in another place', '9:00', date],
  ['a duration in the place of a time', '9 h', time],
  ['a name', '2 days', name],
])('%s is left to whoever wrote it', (_, found, pattern) => {
  expect(correctedForm(found, pattern)).toBeUndefined();
});

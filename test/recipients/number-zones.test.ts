import { describe, expect, test } from 'vitest';
import { zonesOfRecipients } from '../../src/input/zones-of.ts';
import type { E164, ZonesOf } from '../../src/model/recipient.ts';
import { parsePhone } from '../../src/recipients/phone.ts';
import { isZone } from '../../src/recipients/zone.ts';
import data from '../../data/number-zones.json' with { type: 'json' };

async function zonesOf(text: string, zone?: string): Promise<ReturnType<ZonesOf>> {
  const tell = await zonesOfRecipients({ execution: { windows: [] }, recipients: {} });
  const parsed = parsePhone(text, undefined);
  if (parsed.kind === 'rejected') throw new Error(`${text}: ${parsed.code}`);
  return tell({ phone: parsed.phone, ...(zone === undefined ? {} : { zone }) });
}

const british = ['Europe/Guernsey', 'Europe/Isle_of_Man', 'Europe/Jersey', 'Europe/London'];

describe('the zones of a number', () => {
  test.each([
    ['a US area code', '+12125550123', ['America/New_York']],
    ['a US area code on both sides of a border of zones', '+12085550123', ['America/Boise', 'America/Los_Angeles']],
    ['Alaska with its far islands', '+19075550123', ['America/Adak', 'America/Anchorage']],
    ['a Canadian area code', '+16135550123', ['America/Toronto']],
    ['an Australian line', '+61291234567', ['Australia/Sydney']],
    ['a Brazilian line in Acre', '+556832241234', ['America/Rio_Branco']],
    ['a Brazilian mobile, whose number tells its area', '+5511987654321', ['America/Sao_Paulo']],
    ['a line in Moscow', '+74951234567', ['Europe/Moscow']],
    ['a Nigerian mobile', '+2348031234567', ['Africa/Lagos']],
    ['a British number of no area', '+443031231234', british],
    ['a British mobile', '+447400123456', british],
    ['a mobile of the Caribbean, whose country code many share', '+18765550123', ['America/Jamaica']],
  ])('%s', async (_, phone, zones) => {
    expect(await zonesOf(phone)).toEqual({ from: 'number', zones });
  });

  test.each([
    ['an Australian mobile', '+61412345678', ['Australia/Perth', 'Australia/Sydney', 'Australia/Adelaide'], 8],
    ['a Russian mobile', '+79161234567', ['Europe/Samara', 'Europe/Moscow', 'Asia/Kamchatka'], 16],
  ])('%s may be anywhere in the country', async (_, phone, some, count) => {
    const known = await zonesOf(phone);
    expect(known.from === 'number' && known.zones).toHaveLength(count);
    expect(known).toEqual({ from: 'number', zones: expect.arrayContaining(some) as unknown });
  });

  test.each(['+18005550123', '+18885550123', '+448001111111', '+80012345678'])(
    'are none for toll-free %s',
    async (phone) => {
      expect(await zonesOf(phone)).toEqual({ from: 'nowhere', why: 'toll_free' });
    },
  );

  test('are not known for a ship', async () => {
    expect(await zonesOf('+870776001234')).toEqual({ from: 'nowhere', why: 'zone_unknown' });
  });

  test('are not known for what is no number', async () => {
    const tell = await zonesOfRecipients({ execution: { windows: [] }, recipients: {} });
    for (const text of ['+999', '+12025550', 'x']) {
      expect(tell({ phone: text as E164 })).toEqual({ from: 'nowhere', why: 'zone_unknown' });
    }
  });

  test('do not count where the row names its own', async () => {
    expect(await zonesOf('+18005550123', 'America/Denver')).toEqual({ from: 'row', zones: ['America/Denver'] });
  });

  test('are zones that this Node knows', () => {
    const named = new Set(Object.keys(data.prefixes).flatMap((zones) => zones.split(' ')));
    expect([...named].filter((zone) => !isZone(zone))).toEqual([]);
  });
});

test('numbers are not looked at where the file names the zone of all, or lifts the windows', async () => {
  const timezone = { uses: [] };
  const recipient = { phone: parsePhone('+12125550123', undefined) };
  if (recipient.phone.kind === 'rejected') throw new Error('a number was expected');
  const { phone } = recipient.phone;
  const constant = await zonesOfRecipients({ execution: { windows: [] }, recipients: { timezone } });
  expect(constant({ phone })).toEqual({ from: 'nowhere', why: 'zone_unknown' });
  const lifted = await zonesOfRecipients({ execution: { windows: 'always' }, recipients: {} });
  expect(lifted({ phone })).toEqual({ from: 'nowhere', why: 'zone_unknown' });
});

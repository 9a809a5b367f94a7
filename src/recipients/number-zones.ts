/**
 * Where a number may be called: the zones that its kind of number is given out in. Numbering plans say where a number
 * was given out, not where its owner is now; so where several zones are possible all of them count.
 */
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { CallZones, ZonesOf } from '../model/recipient.ts';
import { remember } from '../model/remember.ts';

/** Prefixes without plus, parted by spaces, by the zones of their numbers, parted by spaces. */
export type ZonePrefixes = Readonly<Record<string, string>>;

/** The zone of the row; else nothing is known. */
export function rowZones({ zone }: { readonly zone?: string }): CallZones {
  return zone === undefined ? { from: 'nowhere', why: 'zone_unknown' } : { from: 'row', zones: [zone] };
}

/** The zone of the row, else those of the number. */
export function numberZones(prefixes: ZonePrefixes): ZonesOf {
  const zonesOfPrefix = new Map<string, CallZones>();
  for (const [zones, list] of Object.entries(prefixes)) {
    const found = { from: 'number', zones: zones.split(' ') } as const;
    for (const prefix of list.split(' ')) zonesOfPrefix.set(prefix, found);
  }
  const ofNumber = remember((phone) => zonesOfNumber(phone, zonesOfPrefix));
  return (recipient) => (recipient.zone === undefined ? ofNumber(recipient.phone) : rowZones(recipient));
}

const unknown: CallZones = { from: 'nowhere', why: 'zone_unknown' };

function zonesOfNumber(phone: string, zones: ReadonlyMap<string, CallZones>): CallZones {
  const number = parsePhoneNumberFromString(phone, { extract: false });
  const type = number?.getType();
  if (number === undefined || type === undefined) return unknown;
  if (type === 'TOLL_FREE') return { from: 'nowhere', why: 'toll_free' };
  const isOfArea = type === 'MOBILE' ? hasAreas.includes(number.countryCallingCode) : type.startsWith('FIXED_LINE');
  return isOfArea ? longestPrefix(phone.slice(1), zones) : (zones.get(number.countryCallingCode) ?? unknown);
}

/**
 * Country codes where a mobile number tells an area: GEO_MOBILE_COUNTRIES of libphonenumber's PhoneNumberUtil.java, read
 * 2026-11-21, and +1, whose countries have area codes. Elsewhere it may be anywhere in the country.
 */
const hasAreas: readonly string[] = ['1', '52', '54', '55', '62', '86'];

function longestPrefix(digits: string, zones: ReadonlyMap<string, CallZones>): CallZones {
  for (let length = digits.length; length > 0; length -= 1) {
    const found = zones.get(digits.slice(0, length));
    if (found !== undefined) return found;
  }
  return unknown;
}

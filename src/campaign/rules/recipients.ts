import type { Diagnostic } from '../../model/diagnostic.ts';
import { nearest } from '../../model/nearest.ts';
import type { Place } from '../../model/place.ts';
import { certain } from '../certain.ts';
import { policies } from '../policies.ts';
import { at, entriesAt, keyPlaceAt, textAt } from '../sourced.ts';
import type { Sourced } from '../sourced.ts';
import type { Rule } from './rule.ts';

/** Rows come from somewhere: `from`, unless --recipients takes its place. */
export const recipientsFrom: Rule = ({ root, hasRecipientsFile }) => {
  const recipients = at(root, ['recipients']);
  if (recipients?.kind !== 'map' || recipients.entries.has('from') || hasRecipientsFile) return [];
  const place = certain(keyPlaceAt(root, ['recipients']), 'recipients');
  return [{ code: 'KEY_MISSING', args: { key: 'from', path: 'recipients' }, at: place }];
};

/** A zone that is the same for all rows is a zone. */
export const zoneName: Rule = ({ root, atlas }) => {
  const node = literalText(root, 'timezone');
  if (node === undefined || atlas.isZone(node.text)) return [];
  const meant = zoneOfCity(node.text, atlas.zones()) ?? nearest(node.text, atlas.zones());
  const args = { zone: node.text, ...(meant !== undefined && { meant }) };
  return [{ code: 'TIMEZONE_UNKNOWN', args, at: node.place }];
};

/** `Chicago` is America/Chicago. */
function zoneOfCity(text: string, zones: readonly string[]): string | undefined {
  const ending = `/${text.trim().replaceAll(' ', '_')}`.toLowerCase();
  return zones.find((zone) => zone.toLowerCase().endsWith(ending));
}

/** A country that is the same for all rows is a country. */
export const countryCode: Rule = ({ root, atlas }) => {
  const node = literalText(root, 'country');
  const isCountry = (text: string): boolean => /^[A-Z]{2}$/.test(text) && atlas.isCountry(text);
  if (node === undefined || isCountry(node.text)) return [];
  const capitals = node.text.toUpperCase();
  const args = { country: node.text, ...(isCountry(capitals) && { meant: capitals }) };
  return [{ code: 'COUNTRY_UNKNOWN', args, at: node.place }];
};

/** Recipient variables have names that no constant and not the provider has. */
export const variableNames: Rule = ({ root, provider }) => {
  const constants = entriesAt(root, ['variables']);
  return [...entriesAt(root, ['recipients', 'variables'])].flatMap(([name, { keyPlace }]): readonly Diagnostic[] => {
    if (provider?.reserved.includes(name) === true) {
      return [{ code: 'NAME_RESERVED', args: { name, by: provider.name }, at: keyPlace }];
    }
    const constant = constants.get(name);
    if (constant === undefined) return [];
    const args = { name, first: 'constant', second: 'recipient_variable' } as const;
    return [{ code: 'NAME_TWICE', args, at: keyPlace, related: [constant.keyPlace] }];
  });
};

/** A policy may ask who has agreed to be called. */
export const consent: Rule = ({ root }) => {
  const policy = policies.get(textAt(root, ['execution', 'policy']) ?? '');
  const recipients = at(root, ['recipients']);
  const place = at(root, ['execution', 'policy'])?.place;
  if (policy?.consent !== true || recipients?.kind !== 'map' || place === undefined) return [];
  if (recipients.entries.has('consent')) return [];
  return [{ code: 'CONSENT_MISSING', args: { policy: policy.name }, at: place }];
};

/** A text of the recipients block that is the same for all rows. */
function literalText(root: Sourced, key: string): { readonly text: string; readonly place: Place } | undefined {
  const node = at(root, ['recipients', key]);
  const text = textAt(node, []);
  return node === undefined || text === undefined || text.includes('{{') ? undefined : { text, place: node.place };
}

import type { Diagnostic } from '../../model/diagnostic.ts';
import { nearest } from '../../model/nearest.ts';
import { certain } from '../certain.ts';
import { at, entriesAt, keyPlaceAt } from '../sourced.ts';
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
  const meant = nearest(node.text, atlas.zones());
  const args = { zone: node.text, ...(meant !== undefined && { meant }) };
  return [{ code: 'TIMEZONE_UNKNOWN', args, at: node.place }];
};

/** A country that is the same for all rows is a country. */
export const countryCode: Rule = ({ root, atlas }) => {
  const node = literalText(root, 'country');
  if (node === undefined || (/^[A-Z]{2}$/.test(node.text) && atlas.isCountry(node.text))) return [];
  return [{ code: 'COUNTRY_UNKNOWN', args: { country: node.text }, at: node.place }];
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

function literalText(
  root: Parameters<typeof at>[0],
  key: string,
): { text: string; place: NonNullable<Diagnostic['at']> } | undefined {
  const node = at(root, ['recipients', key]);
  if (node?.kind !== 'scalar' || typeof node.value !== 'string' || node.value.includes('{{')) return undefined;
  return { text: node.value, place: node.place };
}

import type { Campaign, Draft } from '../model/campaign.ts';
import type { NameKind } from '../model/codes/campaign.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { nearest } from '../model/nearest.ts';
import type { Value } from '../model/value.ts';
import { isFields, isList, isText, namesOf } from '../model/value.ts';

/**
 * What only the columns of the recipients can tell: names in templates that nothing brings, and names that mean two
 * things. `reserved` are the provider's: a column of such a name cannot be sent as a variable.
 */
export function checkNames(
  campaign: Campaign,
  columns: readonly string[],
  reserved: readonly string[] = [],
): readonly Diagnostic[] {
  return [
    ...unknownNames(campaign, columns),
    ...doubleNames(campaign, columns),
    ...reservedNames(campaign, columns, reserved),
  ];
}

/** Names in templates that nothing brings. */
export function unknownNames(
  { nameUses, variables, recipients }: Draft,
  columns: readonly string[],
): readonly Diagnostic[] {
  const row = [...columns, ...Object.keys(variables)];
  const all = [...row, ...Object.keys(recipients.variables)];
  const known = { row: new Set(row), all: new Set(all) };
  return nameUses.flatMap(({ name, at, scope }) => {
    if (known[scope].has(name)) return [];
    const names = [...known[scope]];
    const meant = nearest(name, names);
    return [{ code: 'NAME_UNKNOWN', args: { name, known: names, ...(meant !== undefined && { meant }) }, at } as const];
  });
}

function doubleNames({ variables, recipients }: Campaign, columns: readonly string[]): readonly Diagnostic[] {
  const from = recipients.sources[0]?.at ?? recipients.at;
  return columns.flatMap((name): readonly Diagnostic[] => {
    const template = ownMember(recipients.variables, name);
    if (template !== undefined && !template.uses.includes(name))
      return [twice(name, 'recipient_variable', template.at)];
    return Object.hasOwn(variables, name) ? [twice(name, 'constant', from)] : [];
  });
}

function twice(name: string, second: NameKind, at: NonNullable<Diagnostic['at']>): Diagnostic {
  return { code: 'NAME_TWICE', args: { name, first: 'column', second }, at };
}

function reservedNames(
  { resource, provider, recipients, nameUses }: Campaign,
  columns: readonly string[],
  reserved: readonly string[],
): readonly Diagnostic[] {
  const sent = new Set(textNames(resource.fields ?? {}));
  return columns
    .filter((name) => sent.has(name) && reserved.includes(name) && !Object.hasOwn(recipients.variables, name))
    .map((name) => {
      const at = nameUses.find((use) => use.name === name && use.scope === 'all')?.at ?? resource.at;
      return { code: 'NAME_RESERVED', args: { name, by: provider.type }, at };
    });
}

function textNames(value: Value): readonly string[] {
  if (isText(value)) return namesOf(value.$text);
  if (isList(value)) return value.flatMap(textNames);
  return isFields(value) ? Object.values(value).flatMap(textNames) : [];
}

function ownMember<Member>(record: Readonly<Record<string, Member>>, name: string): Member | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

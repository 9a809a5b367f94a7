import type { SharedUser } from '../model/plan.ts';
import { causeLegend, renderChanges } from './render-changes.ts';
import { cleanLine } from './clean.ts';
import { hang } from './hang.ts';
import { indented } from './indented.ts';
import type { CampaignPlan, PlannedResource, Replaces, TroubledResource } from './plan-report.ts';
import type { Paint, View } from './style.ts';
import { spoken } from './spoken.ts';
import { count } from './quantity.ts';
import { fit, wrap } from './width.ts';

/** The heading of a campaign's part of a report. */
export function renderHeading(
  { address, file, wave }: Pick<CampaignPlan, 'address' | 'file' | 'wave'>,
  view: View,
): readonly string[] {
  const { style, columns } = view;
  return [`${style.bold(address)}  wave ${cleanLine(wave)}`, style.dim(fit(cleanLine(file), columns))];
}

const paints = {
  '+': ({ green }: View['style']): Paint => green,
  '~': ({ yellow }: View['style']): Paint => yellow,
  '-/+': ({ red }: View['style']): Paint => red,
  ' ': (): Paint => (text) => text,
} as const;

const actionWords = {
  create: ['will be created', '+'],
  adopt: ['will be adopted', '~'],
  update: ['will be updated', '~'],
  replace: ['will be replaced by another one', '-/+'],
  keep: ['stays as it is', ' '],
} as const;

/** What happens to a campaign's object, with the fields that change; lines of the view's width. */
export function renderResource(
  { resource, provider }: Pick<CampaignPlan, 'resource' | 'provider'>,
  view: View,
): readonly string[] {
  if ('reason' in resource) return renderTrouble(resource, provider, view);
  const { style } = view;
  const [words, sign] = actionWords[resource.action];
  const paint = paints[sign](style);
  const name = resource.name === null ? '' : ` "${cleanLine(resource.name)}"`;
  const head = `${sign === ' ' ? '=' : sign} ${provider.type} ${spoken(resource.noun)}${name} ${words}`;
  return [
    ...wrap(head, view.columns).map(paint),
    ...notesOf(resource).flatMap((note) => wrap(note, view.columns - 2).map((line) => style.dim(`  ${line}`))),
    ...indented(2, renderChanges(resource.changes, view)),
    ...causeLegend(resource.changes).flatMap((line) =>
      wrap(line, view.columns - 2).map((part) => style.dim(`  ${part}`)),
    ),
    ...indented(2, renderShared(resource, view)),
  ];
}

/** What the update does to others, which no field of this object shows. */
function renderShared({ shared = [], noun }: PlannedResource, { columns, style }: View): readonly string[] {
  return shared.flatMap(({ path, id, users }) => {
    const them = users.length === 1 ? 'it' : 'them';
    const warning = `! ${path} is shared with ${usersOf(users, spoken(noun))}: it changes for ${them} too. To leave it as it is, name it by its id`;
    return [
      ...hang(warning, columns - 2, { first: '', rest: '  ' }).map(style.yellow),
      ...wrap(id, columns - 4).map((line) => style.dim(`  ${line}`)),
    ];
  });
}

/** The first few by name; an address is said where it is a campaign's. */
function usersOf(users: readonly SharedUser[], noun: string): string {
  const told = users.slice(0, namedUsers).map(({ id, name, address }) => {
    const who = name === undefined ? `${noun} ${id}` : `${noun} "${cleanLine(name)}"`;
    return address === undefined ? who : `${who} (${cleanLine(address)})`;
  });
  const more = users.length - told.length;
  return [...told, ...(more > 0 ? [`${count(more)} more`] : [])].join(', ');
}

const namedUsers = 3;

function notesOf(resource: PlannedResource): readonly string[] {
  const id = resource.id === null ? [] : [resource.id];
  if (!resource.managed) return [...id, 'named by its id alone: used, never written'];
  if (resource.replaces !== null) return replaceNotes(resource, resource.replaces);
  if (resource.action === 'adopt') {
    return [...id, 'from now on this file speaks for it'];
  }
  return resource.missing === null ? id : [`${resource.missing}, which this address had before, is gone`];
}

function replaceNotes({ id, noun }: PlannedResource, { fixed, how, why }: Replaces): readonly string[] {
  const old =
    how === 'delete'
      ? 'is deleted'
      : `is forgotten: it stays at the provider and callplan speaks for it no more (${why ?? ''})`;
  return [
    `${fixed.join(', ')} cannot be updated, so another ${spoken(noun)} takes the place of ${id ?? 'this one'}`,
    `${id ?? 'this one'} ${old}`,
    'what the file does not say begins anew with the provider’s defaults',
  ];
}

function renderTrouble(
  { action, noun, message, help }: TroubledResource,
  { type, origins }: CampaignPlan['provider'],
  { columns, style }: View,
): readonly string[] {
  const what = action === 'conflict' ? 'conflict' : `cannot be seen at ${origins[0] ?? 'its provider'}`;
  return [
    ...wrap(`! ${type} ${spoken(noun)}: ${what}`, columns).map(style.red),
    ...wrap(message, columns - 2).map((line) => `  ${line}`),
    ...wrap(help, columns - 2).map((line) => style.dim(`  ${line}`)),
  ];
}

/** What only a person can do, as a list of its own; no lines for nothing. */
export function renderByHand(sentences: readonly string[], { columns, style }: View): readonly string[] {
  if (sentences.length === 0) return [];
  const lines = sentences.flatMap((sentence) => hang(sentence, columns, { first: '  - ' }));
  return ['', `  ${style.bold('By hand')}`, ...lines];
}

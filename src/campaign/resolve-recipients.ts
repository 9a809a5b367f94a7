import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { RecipientsBlock } from '../model/recipients-block.ts';
import type { Source } from '../model/source.ts';
import type { Place } from '../model/place.ts';
import type { Template } from '../model/template.ts';
import type { Value } from '../model/value.ts';
import { certain } from './certain.ts';
import { optional } from './optional.ts';
import { parseShare } from './quantity.ts';
import type { ResolveInput } from './build-input.ts';
import { formatOf, resolveSource } from './resolve-source.ts';
import type { Sourced, SourcedMap } from './sourced.ts';
import { at, entriesAt, itemsAt, keyPlaceAt, plain, printPath, textAt } from './sourced.ts';

/** Who is called: sources with their paths, templates, and what to do with doubtful rows. */
export function resolveRecipients(given: ResolveInput): RecipientsBlock {
  const { root, input, texts } = given;
  const block = certain(at(root, ['recipients']), 'recipients');
  const template = (key: string): Template | undefined => texts.templates.get(printPath(['recipients', key]));
  const place = certain(keyPlaceAt(root, ['recipients']), 'recipients');
  return {
    at: place,
    sources: resolveSources(root, input, place),
    ...optional('otherList', input.recipientsFile?.path),
    phone: certain(template('phone'), 'recipients.phone'),
    ...optional('id', template('id')),
    ...optional('country', template('country')),
    ...optional('timezone', template('timezone')),
    ...optional('notBefore', template('not_before')),
    ...optional('notAfter', template('not_after')),
    ...optional('consent', template('consent')),
    samePhone: samePhoneOf(block),
    variables: variablesOf(block, texts.templates),
    suppress: itemsAt(block, ['suppress']).map((list) => resolveSource(list, input, localeOf(root))),
    ...optional('rowsSchema', rowsSchemaOf(block, input)),
    ...optional('maxInvalidAt', at(block, ['max_invalid'])?.place),
    maxInvalid: parseShare(scalarOf(at(block, ['max_invalid']))) ?? { kind: 'rows', rows: 0 },
  };
}

type SourceInput = Pick<ResolveInput['input'], 'file' | 'path' | 'recipientsFile'>;

/** Where rows come from; `place` is where a file of the command line stands, if the campaign has no `from`. */
export function resolveSources(root: SourcedMap, input: SourceInput, place: Place): readonly Source[] {
  const { recipientsFile } = input;
  if (recipientsFile === undefined) {
    return itemsAt(root, ['recipients', 'from']).map((from) => resolveSource(from, input, localeOf(root)));
  }
  const { path } = recipientsFile;
  return [{ kind: formatOf(path), ...recipientsFile, at: keyPlaceAt(root, ['recipients', 'from']) ?? place }];
}

/** The recipients block as data: templates by their sources, without places and sources, for digests. */
export function printRecipients(recipients: RecipientsBlock): Value {
  return {
    id: source(recipients.id),
    phone: source(recipients.phone),
    country: source(recipients.country),
    timezone: source(recipients.timezone),
    not_before: source(recipients.notBefore),
    not_after: source(recipients.notAfter),
    ...(recipients.consent !== undefined && { consent: source(recipients.consent) }),
    same_phone: recipients.samePhone,
    variables: Object.fromEntries(Object.entries(recipients.variables).map(([name, one]) => [name, one.source])),
  };
}

function source(template: Template | undefined): string | null {
  return template?.source ?? null;
}

function rowsSchemaOf(block: Sourced, input: SourceInput): RecipientsBlock['rowsSchema'] {
  const path = textAt(block, ['rows_schema']);
  if (path === undefined) return undefined;
  const file = isAbsolute(path) ? path : join(dirname(input.file), path);
  return { path: resolve(dirname(input.path), path), file, at: certain(at(block, ['rows_schema']), 'schema').place };
}

function localeOf(root: SourcedMap): string {
  return textAt(root, ['locale']) ?? 'en';
}

function variablesOf(block: Sourced, templates: ReadonlyMap<string, Template>): Readonly<Record<string, Template>> {
  const variables = [...entriesAt(block, ['variables']).keys()].map((name) => {
    const path = printPath(['recipients', 'variables', name]);
    return [name, certain(templates.get(path), path)] as const;
  });
  return Object.fromEntries(variables);
}

function samePhoneOf(block: Sourced): RecipientsBlock['samePhone'] {
  const said = textAt(block, ['same_phone']);
  return said === 'call_once' || said === 'call_each' ? said : 'report';
}

function scalarOf(node: Sourced | undefined): unknown {
  return node === undefined ? undefined : plain(node);
}

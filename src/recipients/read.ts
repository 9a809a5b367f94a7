/**
 * One row to one recipient, by the campaign's templates, in this order: timezone, phone, id and times see the columns;
 * then recipients.variables see the columns; then `call` sees all. Constants were folded into the templates. The first
 * thing that is wrong is the row's reason. Nothing here knows other rows: that is dedupe's part.
 */
import type { Campaign } from '../model/campaign.ts';
import type { Recipient, Row, RowReason } from '../model/recipient.ts';
import type { RenderInput, TemplateTree } from '../model/template.ts';
import { isFields, type Fields, type Scalar, type Scalars } from '../model/value.ts';
import { checkConsent, readKey, readPhone, readTime, readZone } from './read-fields.ts';
import type { Field } from './read-fields.ts';
import { renderTree, templatesIn } from './render-tree.ts';
import { checkText, sentValues } from './sent.ts';

/** What reading needs to know besides the rows. */
export type ReadPlan = {
  readonly recipients: Campaign['recipients'];
  readonly call: Campaign['call'];
  /** The resource that goes with each call, its texts as templates. */
  readonly resource?: TemplateTree & { readonly kind: 'map' };
  /** The campaign's constants: a resource that is used but not managed may ask for them by name. */
  readonly constants: Scalars;
  /** Names that the provider's templates ask for; undefined where they are not known yet: then all variables count. */
  readonly sent: readonly string[] | undefined;
  /** Whether a value holds the provider's own placeholder syntax. */
  readonly hasPlaceholder: (text: string) => boolean;
  /** Reasons that only the provider knows. */
  readonly checkCall?: (call: RenderedCall) => RowReason | undefined;
  /** Whether the number is on a suppression list. */
  readonly isSuppressed: (phone: Recipient['phone']) => boolean;
};

/** A call as the provider would get it. */
export type RenderedCall = {
  readonly phone: string;
  readonly variables: Scalars;
  readonly options: Fields;
  readonly resource?: Fields;
};

/** Reads one row of a list. */
export type ReadRecipient = (row: Row) => Field<Recipient>;

/** Makes the reader of one campaign ready. */
export function recipientReader(plan: ReadPlan): ReadRecipient {
  const readVariables = variablesReader(plan);
  const readCall = callReader(plan);
  return (row) => {
    const identity = readIdentity(plan, row);
    if (identity.kind === 'failed') return identity;
    const input = inputOf(row.cells, identity.value.zone);
    const variables = readVariables(input);
    if (variables.kind === 'failed') return variables;
    const call = readCall({ ...identity.value, row: row.cells, variables: variables.value });
    if (call.kind === 'failed') return call;
    return { kind: 'field', value: { ...identity.value, variables: variables.value, call: call.value } };
  };
}

type Identity = Omit<Recipient, 'variables' | 'call'>;

function readIdentity({ recipients, isSuppressed }: ReadPlan, { cells, place }: Row): Field<Identity> {
  const zone = readZone(recipients.timezone, { values: cells });
  if (zone.kind === 'failed') return zone;
  const input = inputOf(cells, zone.value);
  const phone = readPhone(recipients, input);
  if (phone.kind === 'failed') return phone;
  const key = readKey(recipients.id, phone.value, input);
  if (key.kind === 'failed') return key;
  const notBefore = readTime(recipients.notBefore, input, 'latestMs');
  if (notBefore.kind === 'failed') return notBefore;
  const notAfter = readTime(recipients.notAfter, input, 'earliestMs');
  if (notAfter.kind === 'failed') return notAfter;
  const refusal = checkConsent(recipients.consent, input);
  if (refusal !== undefined) return { kind: 'failed', reason: refusal };
  const value = {
    key: key.value,
    phone: phone.value,
    ...(zone.value === undefined ? {} : { zone: zone.value }),
    ...(notBefore.value === undefined ? {} : { notBeforeMs: notBefore.value }),
    ...(notAfter.value === undefined ? {} : { notAfterMs: notAfter.value }),
    row: cells,
    source: place,
    suppressed: isSuppressed(phone.value),
  };
  return { kind: 'field', value };
}

/** Renders the variables that are sent or that `call` uses; the others may lack what they want. */
function variablesReader(plan: ReadPlan): (input: RenderInput) => Field<Scalars> {
  const { recipients, constants, sent, hasPlaceholder } = plan;
  const wanted = new Set([...(sent ?? Object.keys(recipients.variables)), ...namesRendered(plan)]);
  const templates = Object.entries(recipients.variables).filter(([name]) => wanted.has(name));
  const columns = (sent ?? []).filter(
    (name) => ![recipients.variables, constants].some((known) => Object.hasOwn(known, name)),
  );
  const isSent = new Set(sent ?? Object.keys(recipients.variables));
  return (input) => {
    const variables: Record<string, Scalar> = {};
    for (const [name, template] of templates) {
      const rendered = template.render(input);
      if (rendered.kind === 'failed') return rendered;
      const reason = isSent.has(name) ? checkText(rendered.value, name, hasPlaceholder) : undefined;
      if (reason !== undefined) return { kind: 'failed', reason };
      variables[name] = rendered.value;
    }
    const reason = checkColumns(columns, input.values, hasPlaceholder);
    return reason === undefined ? { kind: 'field', value: variables } : { kind: 'failed', reason };
  };
}

/** Columns that are sent as they are must be there; a recipient variable may be empty if its template lets it. */
function checkColumns(
  columns: readonly string[],
  values: RenderInput['values'],
  hasPlaceholder: ReadPlan['hasPlaceholder'],
): RowReason | undefined {
  for (const column of columns) {
    const value = values[column];
    if (typeof value !== 'string' || value.trim() === '') return { code: 'ROW_VALUE_MISSING', column };
    const reason = checkText(value, column, hasPlaceholder);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

type CallInput = Pick<Recipient, 'phone' | 'zone' | 'row' | 'variables'>;

/** Renders the options of a call. */
export function callReader(plan: ReadPlan): (of: CallInput) => Field<Fields> {
  const { call, resource, constants, sent, hasPlaceholder, checkCall, recipients } = plan;
  const used = namesRendered(plan);
  const whole: ReadPlan['call'] = { kind: 'map', entries: resource === undefined ? { call } : { call, resource } };
  const names = sent ?? Object.keys(recipients.variables);
  const fixed = templatesIn(whole).length === 0 ? renderTree(whole, { values: {} }) : undefined;
  return (of) => {
    const rendered = fixed ?? renderTree(whole, inputOf(sentValues(of, used, constants), of.zone));
    if (rendered.kind === 'failed') return rendered;
    for (const text of rendered.texts) {
      const reason = checkText(text, undefined, hasPlaceholder);
      if (reason !== undefined) return { kind: 'failed', reason };
    }
    const { options, ...carried } = renderedCall(rendered.fields);
    const variables = sentValues(of, names, constants);
    const reason = checkCall?.({ phone: of.phone, variables, options, ...carried });
    return reason === undefined ? { kind: 'field', value: options } : { kind: 'failed', reason };
  };
}

/** Every name that `call` or a resource beside it mentions. */
function namesRendered({ call, resource }: ReadPlan): readonly string[] {
  const templates = [...templatesIn(call), ...(resource === undefined ? [] : templatesIn(resource))];
  return [...new Set(templates.flatMap((template) => template.uses))];
}

function renderedCall({ call, resource }: Fields): Pick<RenderedCall, 'options' | 'resource'> {
  const options = call !== undefined && isFields(call) ? call : {};
  return resource !== undefined && isFields(resource) ? { options, resource } : { options };
}

function inputOf(values: Scalars, zone: string | undefined): RenderInput {
  return zone === undefined ? { values } : { values, zone };
}

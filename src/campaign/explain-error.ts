import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Diagnostic } from '../model/diagnostic.ts';
import { nearest } from '../model/nearest.ts';
import type { Place } from '../model/place.ts';
import { correctScalar } from './correct-scalar.ts';
import { exampleLine, lineStart } from './example-line.ts';
import { asSchema } from './schema.ts';
import type { Path, Sourced, SourcedMap, SourcedScalar, SourcedWhole } from './sourced.ts';
import { at as nodeAt, keyPlaceAt, printPath, textAt } from './sourced.ts';
import { certain } from './certain.ts';
import { correctedForm } from './corrected-form.ts';
import { describeValue, quoteScalar, wordForType } from './describe.ts';
import { notesAt } from './schema-notes.ts';
import type { Library } from './schema.ts';

/** What an error of the schema check means to the user: at most one finding, none for what another error says better. */
export function explainError(error: ErrorObject, root: SourcedMap, library?: Library): readonly Diagnostic[] {
  const path = pathOf(error.instancePath, root);
  const node = nodeAt(root, path);
  if (node === undefined || node.kind === 'broken') return [];
  const diagnostic = diagnosticOf(error, { root, path, node, library });
  if (diagnostic === undefined) return [];
  const related = diagnostic.at === node.place ? node.related : undefined;
  return [{ ...diagnostic, ...(related !== undefined && { related }) }];
}

type Context = {
  readonly root: SourcedMap;
  readonly path: Path;
  readonly node: SourcedWhole;
  readonly library: Library | undefined;
};

function diagnosticOf(error: ErrorObject, context: Context): Diagnostic | undefined {
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey(text(error.params['additionalProperty']), error, context);
    case 'required':
    case 'dependentRequired':
      return missingKey(text(error.params['missingProperty']), error, context);
    case 'propertyNames':
      return keyName(text(error.params['propertyName']), error, context);
    case 'type':
      return wrongType(error, context);
    case 'const':
    case 'enum':
      return notOneOf(error, context);
    case 'pattern':
      return wrongForm(error, context);
    case 'uniqueItems':
      return twice(Number(error.params['i']), context);
    case 'minimum':
    case 'maximum':
    case 'minLength':
    case 'maxLength':
    case 'minItems':
    case 'minProperties':
      return outOfRange(error, context);
    default:
      // `if` only says that its then or else failed, which says it itself.
      return undefined;
  }
}

function unknownKey(key: string, error: ErrorObject, { root, path }: Context): Diagnostic | undefined {
  const at = keyPlaceAt(root, [...path, key]);
  const schema = asSchema(error.parentSchema);
  const why = asSchema(schema['x-refused'])[key];
  const shown = printPath(path);
  if (typeof why === 'string') return placed({ code: 'KEY_REFUSED', args: { key, path: shown, why } }, at);
  const known = Object.keys(asSchema(schema['properties']));
  if (isRest(key, root, path))
    return placed({ code: 'KEY_UNKNOWN', args: { key, path: shown, known, isRest: true } }, at);
  const meant = nearest(key, known);
  return placed({ code: 'KEY_UNKNOWN', args: { key, path: shown, known, ...(meant !== undefined && { meant }) } }, at);
}

/** `{query: select id, name from visits}` has a second key, `name from visits`. */
function isRest(key: string, root: Context['root'], path: Path): boolean {
  const value = nodeAt(root, [...path, key]);
  return /\S\s+\S/.test(key) && value?.kind === 'scalar' && value.value === null && value.written === '';
}

function missingKey(key: string, error: ErrorObject, { root, path, node }: Context): Diagnostic {
  const at = keyPlaceAt(root, path) ?? { file: node.place.file, line: node.place.line, col: node.place.col };
  const wanted = asSchema(asSchema(asSchema(error.parentSchema)['properties'])[key]);
  const line = exampleLine('const' in wanted ? [wanted['const']] : wanted['examples'], [key]);
  return placed({ code: 'KEY_MISSING', args: { key, path: printPath(path), ...(line !== undefined && { line }) } }, at);
}

function keyName(key: string, error: ErrorObject, { root, path }: Context): Diagnostic {
  const expected = text(asSchema(error.schema)['x-expects']) || 'at least one character';
  return placed({ code: 'KEY_NAME', args: { key, path: printPath(path), expected } }, keyPlaceAt(root, [...path, key]));
}

function wrongType(error: ErrorObject, { path, node }: Context): Diagnostic {
  const schema = asSchema(error.parentSchema);
  const expected = text(schema['x-expects']) || wordForType(error.schema);
  const corrected = node.kind === 'scalar' ? correctScalar(schema, node) : undefined;
  const line = corrected === undefined ? undefined : `${lineStart(path)} ${corrected}`;
  const isList = [schema['type']].flat().includes('array');
  const example = line === undefined && isList ? exampleLine(schema['examples'], path) : undefined;
  const args = {
    path: printPath(path),
    expected,
    found: describeValue(node),
    ...(line !== undefined && { line }),
    ...(example !== undefined && { example }),
  };
  return placed({ code: 'VALUE_TYPE', args }, node.place);
}

function notOneOf(error: ErrorObject, { path, node }: Context): Diagnostic | undefined {
  const known = [error.keyword === 'const' ? error.params['allowedValue'] : error.params['allowedValues']]
    .flat()
    .map(String);
  if (node.kind !== 'scalar') {
    const args = { path: printPath(path), expected: `one of ${known.join(', ')}`, found: describeValue(node) };
    return placed({ code: 'VALUE_TYPE', args }, node.place);
  }
  return oneOf(known, path, node);
}

function oneOf(known: readonly string[], path: Path, node: SourcedScalar): Diagnostic {
  const meant = typeof node.value === 'string' ? nearest(node.value, known) : undefined;
  const args = { path: printPath(path), found: quoteScalar(node), known, ...(meant !== undefined && { meant }) };
  return placed({ code: 'VALUE_ENUM', args }, node.place);
}

function wrongForm(error: ErrorObject, { root, path, node, library }: Context): Diagnostic | undefined {
  // The pattern of a key is reported by propertyNames.
  if (node.kind !== 'scalar' || error.propertyName !== undefined) return undefined;
  const schema = asSchema(error.parentSchema);
  const values = schema['x-values'];
  if (Array.isArray(values)) return oneOf(values.map(String), path, node);
  const corrected = correctedForm(String(node.value), text(schema['pattern']));
  const { examples } = notesAt(path, textAt(root, ['provider', 'type']), library);
  const own = examples.length === 0 ? schema['examples'] : examples;
  const line = exampleLine(corrected === undefined ? own : [corrected], path);
  const expected = text(schema['x-expects']);
  const args = { path: printPath(path), found: quoteScalar(node), expected, ...(line !== undefined && { line }) };
  return placed({ code: 'VALUE_FORM', args }, node.place);
}

function twice(index: number, { root, path }: Context): Diagnostic | undefined {
  const node = nodeAt(root, [...path, index]);
  if (node === undefined || node.kind === 'broken') return undefined;
  return placed({ code: 'VALUE_TWICE', args: { path: printPath(path), found: describeValue(node) } }, node.place);
}

function outOfRange(error: ErrorObject, { path, node }: Context): Diagnostic | undefined {
  if (error.propertyName !== undefined) return undefined;
  const limit = String(error.params['limit']);
  const expected = String(rangeWords[error.keyword]?.(limit));
  const found = describeValue(node);
  return placed({ code: 'VALUE_RANGE', args: { path: printPath(path), found, expected } }, node.place);
}

const rangeWords: Readonly<Record<string, (limit: string) => string>> = {
  minimum: (limit) => `at least ${limit}`,
  maximum: (limit) => `at most ${limit}`,
  minLength: () => 'some text',
  maxLength: (limit) => `at most ${limit} character`,
  minItems: (limit) => `at least ${limit} in the list`,
  minProperties: (limit) => `at least ${limit} key`,
};

/** The steps of a JSON pointer: numbers where they lead into a list. */
function pathOf(pointer: string, root: SourcedMap): Path {
  const path: (string | number)[] = [];
  let node: Sourced | undefined = root;
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    const step = node?.kind === 'list' ? Number(name) : name;
    path.push(step);
    node = nodeAt(node, [step]);
  }
  return path;
}

function placed(diagnostic: Diagnostic, at: Place | undefined): Diagnostic {
  return { ...diagnostic, at: certain(at, 'place') };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

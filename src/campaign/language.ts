import type { ValidateFunction } from 'ajv/dist/2020.js';
import { asSchema, campaignSchema, schemas } from './schema.ts';
import type { Library, Schema } from './schema.ts';

/** What campaign files are written by: the schemas, and the check that is compiled from them. */
export type Language = { readonly schemas: Library; readonly validate: ValidateFunction };

/** A provider of a module, as far as campaign files speak of it. */
export type ModuleBlocks = {
  readonly name: string;
  readonly noun: string;
  /** Name of the module's file: `acme.js`; left out: whatever path a campaign says is this module's. */
  readonly file?: string;
  /** JSON Schema of its blocks: an object with `provider`, the noun and `call` as properties. */
  readonly schema: Schema;
};

/**
 * The package's schemas with those of modules among them: `provider.type` may be the path of one, and its blocks may
 * stand in the file and in environments. As a file's place decides how the path is written, only the file's name counts.
 */
export function libraryWith(modules: readonly ModuleBlocks[]): Library {
  return modules.reduce((library, blocks) => withModule(library, blocks), schemas);
}

function withModule(library: Library, { name, noun, file, schema }: ModuleBlocks): Library {
  const campaign = library[campaignSchema] ?? {};
  const own = `providers/${name}.schema.json`;
  const type = { type: 'string', pattern: String.raw`^\.{1,2}/${file === undefined ? '' : ending(file)}` };
  const provider = { type: 'object', required: ['type'], properties: { type } };
  const branch = {
    'x-provider': name,
    if: { type: 'object', required: ['provider'], properties: { provider } },
    // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
    then: { $ref: own },
  };
  const block = { description: `The provider's object that calls run by (${name}: ${noun}).`, type: 'object' };
  const overlay = { description: `See ${noun}.`, type: ['object', 'null'] };
  const changed = [
    { path: ['properties', noun], change: (known: unknown) => known ?? block },
    { path: ['$defs', 'overlay', 'properties', noun], change: (known: unknown) => known ?? overlay },
    { path: ['properties', 'provider', 'properties', 'type'], change: (known: unknown) => orPath(known, type) },
    { path: ['allOf'], change: (known: unknown) => [...(Array.isArray(known) ? known : []), branch] },
  ].reduce((whole, { path, change }) => changedAt(whole, path, change), campaign);
  return { ...library, [campaignSchema]: changed, [own]: schema };
}

/** What a path to a file of this name ends with, as a pattern. */
function ending(file: string): string {
  return `(.*/)?${file.replaceAll(/[^\w-]/g, String.raw`\$&`)}$`;
}

/** The names of the built-in providers, or the path of a module. */
function orPath(known: unknown, type: Schema): Schema {
  const { enum: names, anyOf, ...rest } = asSchema(known);
  const paths = { ...type, description: "Path of the provider's module, from the campaign's folder." };
  const choices: readonly unknown[] = Array.isArray(anyOf) ? anyOf : [{ enum: names }];
  return { ...rest, anyOf: [...choices, paths] };
}

function changedAt(
  schema: Schema,
  [key = '', ...rest]: readonly string[],
  change: (known: unknown) => unknown,
): Schema {
  const known = schema[key];
  return { ...schema, [key]: rest.length === 0 ? change(known) : changedAt(asSchema(known), rest, change) };
}

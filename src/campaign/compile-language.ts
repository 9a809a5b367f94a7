import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Options } from 'ajv/dist/2020.js';
import type { Language } from './language.ts';
import { campaignSchema } from './schema.ts';
import type { Library } from './schema.ts';

/** Our own keywords, which say something to callplan and to editors, and nothing about validity. */
const vocabulary = [
  'x-default',
  'x-expects',
  'x-provider',
  'x-refused',
  'x-secret',
  'x-template',
  'x-unit',
  'x-url',
  'x-values',
];

/** An Ajv that knows the schemas and says of errors what findings are made of. @throws Error about a schema */
export function ajvOf(library: Library, options: Options = {}): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    allowUnionTypes: true,
    strictRequired: false,
    logger: false,
    ...options,
  });
  ajv.addVocabulary(vocabulary);
  for (const [name, schema] of Object.entries(library)) ajv.addSchema(schema, name);
  return ajv;
}

/**
 * Compiles schemas that are known only now; loading Ajv takes longer than all else that `validate` does, so this file is
 * imported where a module brings some. @throws Error about a schema
 */
export function compileLanguage(library: Library): Language {
  return { schemas: library, validate: ajvOf(library).compile({ $ref: campaignSchema }) };
}

import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { schemas } from '../src/campaign/schema.ts';

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

/**
 * The check of campaign files as a module: compiling it when a command starts would take longer than all else that
 * `validate` does. The schemas are checked against their meta-schema here.
 */
export function validatorSource(banner: string): string {
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    allowUnionTypes: true,
    strictRequired: false,
    code: { source: true, esm: true },
  });
  ajv.addVocabulary(vocabulary);
  for (const [name, schema] of Object.entries(schemas)) ajv.addSchema(schema, name);
  const code = standaloneCode
    .default(ajv, { validate: 'campaign.schema.json' })
    .replace('"use strict";', '')
    .replace(/export const validate = (\w+);/, 'export const validateCampaign: ValidateFunction = $1;');
  const head = [
    banner,
    '// @ts-nocheck',
    "import { createRequire } from 'node:module';",
    "import type { ValidateFunction } from 'ajv/dist/2020.js';",
    '',
    // Ajv's own helpers come as CommonJS, in a module too: https://github.com/ajv-validator/ajv/issues/2209
    'const require = createRequire(import.meta.url);',
  ];
  return `${head.join('\n')}\n\n${code}\n`;
}

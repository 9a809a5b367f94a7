import standaloneCode from 'ajv/dist/standalone/index.js';
import { ajvOf } from '../src/campaign/compile-language.ts';
import { schemas } from '../src/campaign/schema.ts';

/**
 * The check of campaign files as a module: compiling it when a command starts would take longer than all else that
 * `validate` does. The schemas are checked against their meta-schema here.
 */
export function validatorSource(banner: string): string {
  const ajv = ajvOf(schemas, { code: { source: true, esm: true } });
  const imports = [banner, '// @ts-nocheck', "import type { ValidateFunction } from 'ajv/dist/2020.js';"];
  const code = standaloneCode
    .default(ajv, { validate: 'campaign.schema.json' })
    .replace('"use strict";', '')
    .replace(/export const validate = (\w+);/, 'export const validateCampaign: ValidateFunction = $1;')
    // Ajv calls for its helpers as CommonJS, in a module too: https://github.com/ajv-validator/ajv/issues/2209
    .replace(/const (\w+) = require\("(ajv\/dist\/runtime\/\w+)"\)\.default/g, (_call, name: string, path: string) => {
      imports.push(`import ${name}Module from '${path}.js';`);
      // Node takes the whole of a CommonJS module for its default, bundlers and Vitest what the module calls so.
      return `const ${name} = ${name}Module.default ?? ${name}Module`;
    });
  return `${imports.join('\n')}\n\n${code}\n`;
}

import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import type { Diagnostic } from '../model/diagnostic.ts';
import { InternalError } from '../model/internal-error.ts';
import { explainError } from './explain-error.ts';
import { schemas } from './schema.ts';
import type { SourcedMap } from './sourced.ts';
import { plain } from './sourced.ts';

/** Checks a composed and substituted campaign against the schemas: every finding, at the very key or value. */
export function check(root: SourcedMap): readonly Diagnostic[] {
  const validate = validator();
  if (validate(plain(root))) return [];
  const found = new Map<string, Diagnostic>();
  for (const error of validate.errors ?? []) {
    for (const diagnostic of explainError(error, root)) {
      const id = identity(diagnostic);
      if (!found.has(id)) found.set(id, diagnostic);
    }
  }
  return [...found.values()];
}

let compiled: ValidateFunction | undefined;

/** Compiling takes longer than a thousand checks, so it is done once, and only if a campaign is read at all. */
function validator(): ValidateFunction {
  compiled ??= compile();
  return compiled;
}

function compile(): ValidateFunction {
  const ajv = new Ajv2020({ allErrors: true, verbose: true, allowUnionTypes: true, strictRequired: false });
  ajv.addVocabulary([
    'x-default',
    'x-expects',
    'x-provider',
    'x-refused',
    'x-secret',
    'x-template',
    'x-unit',
    'x-url',
    'x-values',
  ]);
  for (const [name, schema] of Object.entries(schemas)) ajv.addSchema(schema, name);
  const validate = ajv.getSchema('campaign.schema.json');
  if (validate === undefined) throw new InternalError('schema/campaign.schema.json is not there');
  return validate;
}

/** The generic part of the schema and the provider's often say the same about one value, and so do aliases of it. */
function identity({ code, at }: Diagnostic): string {
  return `${code} ${String(at?.line)}:${String(at?.col)}`;
}

import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { main } from '../../src/cli/main.ts';
import { world } from '../support/world.ts';

/** What `callplan schema KIND` prints. */
export async function printedSchema(kind: string): Promise<Readonly<Record<string, unknown>>> {
  await using made = await world();
  await main(['schema', kind], made);
  return Object(JSON.parse(made.terminal.stdoutText()));
}

/** A schema's check by a validator that knows no other schema. */
export function alone(schema: Readonly<Record<string, unknown>>): ValidateFunction {
  return new Ajv2020({ strict: false, allErrors: true, validateFormats: false }).compile(schema);
}

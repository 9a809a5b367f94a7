import type { CommandSpec } from './command.ts';
import { environmentOption, formatOption, recipientsOption, rejectsOption, waveOption } from './options.ts';
import {
  callSecondsOption,
  callsPerSecondOption,
  faultOption,
  lifeOption,
  portOption,
  requestLogOption,
  seedOption,
} from './sandbox-options.ts';
import { schemaKinds } from './schemas.ts';
import { shells } from './shells.ts';

const check = 'Check:';
const tryOut = 'Try out:';
const reference = 'Reference:';

/** Every command there is, in the order of the help. A command that is not here is unknown: exit 64. */
export const commands: readonly CommandSpec[] = [
  {
    name: 'validate',
    arguments: '[paths...]',
    summary: 'check campaign files, templates and recipients; every finding at once',
    group: check,
    options: [environmentOption, waveOption, recipientsOption, rejectsOption, formatOption],
    load: async () => (await import('./commands/validate.ts')).validate,
  },
  {
    name: 'sandbox',
    arguments: '<provider>',
    summary: "serve a provider's API on this machine, to plan, apply and run against",
    group: tryOut,
    options: [
      portOption,
      requestLogOption,
      faultOption,
      lifeOption,
      callsPerSecondOption,
      callSecondsOption,
      seedOption,
      formatOption,
    ],
    words: ['intron'],
    load: async () => (await import('./commands/sandbox.ts')).sandbox,
  },
  {
    name: 'schema',
    arguments: '[kind]',
    summary: 'print the JSON Schema of a file or an output; without a kind, list them',
    group: reference,
    options: [formatOption],
    words: schemaKinds,
    load: async () => (await import('./commands/schema.ts')).schema,
  },
  {
    name: 'explain',
    arguments: '[code]',
    summary: 'explain the code of a finding; without a code, list them',
    group: reference,
    options: [formatOption],
    load: async () => (await import('./commands/explain.ts')).explain,
  },
  {
    name: 'completion',
    arguments: '<shell>',
    summary: 'print a completion script for bash, zsh or fish',
    group: reference,
    options: [],
    words: shells,
    load: async () => (await import('./commands/completion.ts')).completion(commands),
  },
];

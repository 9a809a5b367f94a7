import type { CommandSpec } from './command.ts';
import {
  allowChangesOption,
  detailedExitcodeOption,
  environmentOption,
  formatOption,
  recipientsOption,
  rejectsOption,
  showNumbersOption,
  storeOption,
  waveOption,
} from './options.ts';
import {
  callSecondsOption,
  callsPerSecondOption,
  faultOption,
  lifeOption,
  portOption,
  requestLogOption,
  seedOption,
} from './sandbox-options.ts';
import {
  applyOption,
  approveOption,
  limitOption,
  maxDurationOption,
  newAddressOption,
  nobodyCalledOption,
  noWaitOption,
  takeOverOption,
} from './run/options.ts';
import { schemaKinds } from './schemas.ts';
import { shells } from './shells.ts';

const campaigns = 'Campaigns:';
const work = 'Do:';
const tryOut = 'Try out:';
const reference = 'Reference:';

/** Every command there is, in the order of the help. A command that is not here is unknown: exit 64. */
export const commands: readonly CommandSpec[] = [
  {
    name: 'validate',
    arguments: '[paths...]',
    summary: 'check campaign files, templates and recipients; every finding at once',
    group: campaigns,
    options: [environmentOption, waveOption, recipientsOption, rejectsOption, formatOption],
    load: async () => (await import('./commands/validate.ts')).validate,
  },
  {
    name: 'run',
    arguments: '<path>',
    summary: 'call those whom this wave has not called',
    group: work,
    options: [
      applyOption,
      approveOption,
      waveOption,
      environmentOption,
      recipientsOption,
      limitOption,
      noWaitOption,
      maxDurationOption,
      takeOverOption,
      nobodyCalledOption,
      newAddressOption,
      storeOption,
      showNumbersOption,
      formatOption,
    ],
    load: async () => (await import('./commands/run.ts')).run,
  },
  {
    name: 'plan',
    arguments: '[paths...]',
    summary: 'show what would change and who would be called; writes nothing',
    group: campaigns,
    options: [
      environmentOption,
      waveOption,
      recipientsOption,
      storeOption,
      detailedExitcodeOption,
      allowChangesOption,
      newAddressOption,
      formatOption,
    ],
    load: async () => (await import('./commands/plan.ts')).plan,
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

import { approveCancelOption, leaveCallsOption } from './cancel/options.ts';
import type { CommandSpec } from './command.ts';
import type { OptionSpec } from './option.ts';
import {
  allowProviderOption,
  environmentOption,
  formatOption,
  showNumbersOption,
  storeOption,
  waveOption,
} from './options.ts';
import { outOption, resultsDescription, transcriptsOption } from './results/options.ts';
import { cancelDescription, pauseDescription, resolveDescription, resumeDescription } from './run/descriptions.ts';
import { asOption } from './run/options.ts';

/** The group of commands that plan, apply and run. */
export const work = 'Plan, apply, run:';

const aboutWave: readonly OptionSpec<unknown>[] = [
  waveOption,
  environmentOption,
  storeOption,
  allowProviderOption,
  formatOption,
];

/** The commands about a wave that was run, in the order of the help. */
export const waveCommands: readonly CommandSpec[] = [
  {
    name: 'history',
    arguments: '<path> <id-or-number>',
    summary: 'show everything that happened to one recipient',
    group: work,
    options: [waveOption, environmentOption, storeOption, showNumbersOption, allowProviderOption, formatOption],
    load: async () => (await import('./commands/history.ts')).history,
  },
  {
    name: 'results',
    arguments: '<path>',
    summary: 'write a CSV table of the recipients and what became of each of them',
    description: resultsDescription,
    group: work,
    options: [outOption, transcriptsOption, ...aboutWave],
    load: async () => (await import('./commands/results.ts')).results,
  },
  {
    name: 'resolve',
    arguments: '<path> [keys...]',
    summary: 'settle recipients of whom nobody knows whether they were called',
    description: resolveDescription,
    group: work,
    options: [asOption, ...aboutWave],
    load: async () => (await import('./commands/resolve.ts')).resolve,
  },
  {
    name: 'pause',
    arguments: '<path>',
    summary: 'let nobody of a wave be called until it is resumed, whoever runs it',
    description: pauseDescription,
    group: work,
    options: aboutWave,
    load: async () => (await import('./commands/pause.ts')).pause,
  },
  {
    name: 'resume',
    arguments: '<path>',
    summary: 'let a wave that was stopped be run again',
    description: resumeDescription,
    group: work,
    options: aboutWave,
    load: async () => (await import('./commands/resume.ts')).resume,
  },
  {
    name: 'cancel',
    arguments: '<path>',
    summary: 'end a wave for good: nobody of it is called any more',
    description: cancelDescription,
    group: work,
    options: [approveCancelOption, leaveCallsOption, ...aboutWave],
    load: async () => (await import('./commands/cancel.ts')).cancel,
  },
];

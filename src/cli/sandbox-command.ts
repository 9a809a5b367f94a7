import type { CommandSpec } from './command.ts';
import { allowProviderOption, formatOption } from './options.ts';
import {
  callSecondsOption,
  callsPerSecondOption,
  faultOption,
  lifeOption,
  portOption,
  requestLogOption,
  seedOption,
} from './sandbox-options.ts';

/** Serves a provider's API on this machine. */
export const sandboxCommand: CommandSpec = {
  name: 'sandbox',
  arguments: '<provider>',
  summary: "serve a provider's API on this machine, to plan, apply and run against",
  group: 'Try out:',
  options: [
    portOption,
    requestLogOption,
    faultOption,
    lifeOption,
    callsPerSecondOption,
    callSecondsOption,
    seedOption,
    allowProviderOption,
    formatOption,
  ],
  load: async () => (await import('./commands/sandbox.ts')).sandbox,
};

/** Options of `sandbox`; the command reads faults and lives itself, so that their parsers load with it. */
import { text, texts, wholeNumber } from './option.ts';
import type { OptionSpec } from './option.ts';

type Count = OptionSpec<number | undefined>;

export const portOption: Count = wholeNumber('--port <number>', 'the port to listen on; default: a free one', {
  from: 0,
  to: 65_535,
});

export const requestLogOption: OptionSpec<string | undefined> = text(
  '--request-log <file>',
  'append a line of JSON for each request, with whom it called; it holds phone numbers (mode 0600)',
);

export const faultOption: OptionSpec<readonly string[]> = texts(
  '--fault <name=value,...>',
  'what goes wrong on purpose: lose-response=5%, list-lag=2s, no-echo; "help" lists all',
);

export const lifeOption: OptionSpec<string | undefined> = text(
  '--life <ending=share,...>',
  'how calls end: replied=70%,no_answer=30%, or +2348030000001=busy/replied for one number',
);

export const callsPerSecondOption: Count = wholeNumber(
  '--calls-per-second <number>',
  "requests that place calls, a second; 0 lifts the limit; default: the provider's own",
  { from: 0 },
);

export const callSecondsOption: Count = wholeNumber(
  '--call-seconds <number>',
  'how long every call lasts; 0 ends calls at once; default: as calls go',
  { from: 0, to: 86_400 },
);

export const seedOption: Count = wholeNumber('--seed <number>', 'equal seeds give equal calls; default 1', {
  from: 0,
  to: 4_294_967_295,
});

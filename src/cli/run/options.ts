/** The options of `run`. */
import { isLoopback } from '../../model/loopback.ts';
import { flag, parsed, text, wholeNumber } from '../option.ts';
import type { OptionSpec } from '../option.ts';
import { UsageError } from '../usage-error.ts';

export const applyOption: OptionSpec<boolean> = flag('--apply', 'first make the provider match the file');

export const approveOption: OptionSpec<number | undefined> = wholeNumber(
  '--approve <n>',
  'call at most so many people who are not yet called, without asking',
  { from: 0 },
);

export const takeOverOption: OptionSpec<boolean> = flag(
  '--take-over',
  'run with this store what another store ran last',
);

export const nobodyCalledOption: OptionSpec<string | undefined> = text(
  '--nobody-called <wave>',
  'the word of a person that this wave has called nobody yet',
);

export const newAddressOption: OptionSpec<boolean> = flag(
  '--new-address',
  'the file is meant to be another campaign now: everybody may be called again',
);

/** `campaign/environment`. */
export const renamedFromOption: OptionSpec<string | undefined> = parsed(
  '--renamed-from <address>',
  'what the file was called until now (campaign/environment): its object and its record of calls move along',
  (written) => {
    if (/^[a-z0-9-]{1,63}\/[a-z0-9-]{1,63}$/.test(written)) return written;
    throw new UsageError(`--renamed-from takes an address such as clinic-reminders/default; this is "${written}"`);
  },
);

export const limitOption: OptionSpec<number | undefined> = wholeNumber(
  '--limit <n>',
  'call at most so many recipients in this run',
  { from: 1 },
);

export const noWaitOption: OptionSpec<boolean> = flag('--no-wait', 'end when nobody is due now');

export const maxDurationOption: OptionSpec<number | undefined> = parsed(
  '--max-duration <time>',
  'stop calling after so long: 30m, 5h',
  (written) => {
    const [, digits, unit] = /^(\d{1,6})(s|m|h|d)$/.exec(written) ?? [];
    const unitMs = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[unit ?? ''];
    if (unitMs === undefined || Number(digits) === 0) {
      throw new UsageError(`--max-duration takes a length of time such as 30m or 5h; this is "${written}"`);
    }
    return Number(digits) * unitMs;
  },
);

/** `HOST:PORT`. */
export const webhookListenOption: OptionSpec<{ readonly host: string; readonly port: number } | undefined> = parsed(
  '--webhook-listen <host:port>',
  "listen there for the provider's events: the calls that they name are asked for at once",
  (written) => {
    const [, host = '', digits = ''] = /^(\[[\da-f:.]+\]|[\w.-]+):(\d{1,5})$/i.exec(written) ?? [];
    const port = Number(digits);
    if (host !== '' && port <= 65_535) return { host: host.replaceAll(/[[\]]/g, ''), port };
    throw new UsageError(`--webhook-listen takes an address such as 127.0.0.1:8787; this is "${written}"`);
  },
);

/** Without a slash at its end. */
export const webhookUrlOption: OptionSpec<string | undefined> = parsed(
  '--webhook-url <url>',
  'the public https URL that leads to --webhook-listen',
  (written) => {
    const url = URL.canParse(written) ? new URL(written) : undefined;
    const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
    const isPlain = url !== undefined && `${url.origin}${url.pathname}` === url.href;
    if (isSafe && isPlain) return url.href.replace(/\/+$/, '');
    throw new UsageError(
      '--webhook-url takes an https URL without credentials and query, such as https://hooks.example.org',
    );
  },
);

/** How far a command goes that calls a wave, what it hears meanwhile, and what a person vouches for. */
export const callingOptions: readonly OptionSpec<unknown>[] = [
  limitOption,
  noWaitOption,
  maxDurationOption,
  webhookListenOption,
  webhookUrlOption,
  takeOverOption,
  nobodyCalledOption,
];

const settlements = ['called', 'not-called'] as const;

export const asOption: OptionSpec<(typeof settlements)[number] | undefined> = parsed(
  '--as <what>',
  'what became of them: called, not-called',
  (written) => {
    const found = settlements.find((settlement) => settlement === written);
    if (found !== undefined) return found;
    throw new UsageError(`--as takes called or not-called; this is "${written}"`);
  },
);

import { nearest } from '../model/nearest.ts';
import { UsageError } from './usage-error.ts';

/** What commander hands over: a boolean for a flag, text for a value, a list for an option given several times. */
type Written = boolean | string | readonly string[] | undefined;

/** An option of a command: how it is written, and the reading of what was written. */
export type OptionSpec<T> = {
  /** As commander takes it: `-e, --environment <name>`. */
  readonly flags: string;
  readonly help: string;
  /** May be given several times. */
  readonly repeats: boolean;
  /** Words for completion. */
  readonly choices: readonly string[];
  /** What `callplan completion` is asked for, where the words hang on the files. */
  readonly completes?: 'environments';
  /** @throws UsageError */
  readonly read: (written: Written) => T;
};

/** An option without a value. One that is called `--no-...` is true where it was given, too. */
export function flag(flags: string, help: string): OptionSpec<boolean> {
  const given = !longFlag(flags).startsWith('--no-');
  return { flags, help, repeats: false, choices: [], read: (written) => written === given };
}

/** An option with any text; undefined where it is not given. */
export function text(flags: string, help: string): OptionSpec<string | undefined> {
  return parsed(flags, help, (written) => written);
}

/** An option that may be given several times. */
export function texts(flags: string, help: string): OptionSpec<readonly string[]> {
  return { flags, help, repeats: true, choices: [], read: (written) => (isList(written) ? written : []) };
}

/** One of a few words; the first is the default. */
export function choice<const Word extends string>(
  flags: string,
  help: string,
  choices: readonly [Word, ...Word[]],
): OptionSpec<Word> {
  const read = (written: Written): Word => {
    if (written === undefined) return choices[0];
    const found = choices.find((word) => word === written);
    if (found === undefined) throw unknownChoice(flags, String(written), choices);
    return found;
  };
  return { flags, help: `${help}: ${choices.join(', ')}`, repeats: false, choices, read };
}

/** A whole number within bounds. */
export function wholeNumber(
  flags: string,
  help: string,
  bounds: { readonly from: number; readonly to?: number },
): OptionSpec<number | undefined> {
  const { from, to = Number.MAX_SAFE_INTEGER } = bounds;
  return parsed(flags, help, (written) => {
    const value = /^\d{1,16}$/.test(written) ? Number(written) : Number.NaN;
    if (value >= from && value <= to) return value;
    const range = bounds.to === undefined ? `${String(from)} or more` : `${String(from)} to ${String(to)}`;
    throw new UsageError(`${longFlag(flags)} takes a whole number, ${range}; this is "${written}"`);
  });
}

/** An option whose text is read by a function of the caller, which throws UsageError for what it cannot take. */
export function parsed<T>(flags: string, help: string, parse: (text: string) => T): OptionSpec<T | undefined> {
  const read = (written: Written): T | undefined => (typeof written === 'string' ? parse(written) : undefined);
  return { flags, help, repeats: false, choices: [], read };
}

/** `--environment` of `-e, --environment <name>`. */
export function longFlag(flags: string): string {
  return /--[a-z-]+/.exec(flags)?.[0] ?? flags;
}

/** The name under which commander keeps the option's value: `showNumbers` of `--show-numbers`, `wait` of `--no-wait`. */
export function attributeOf(flags: string): string {
  return longFlag(flags)
    .replace(/^--(no-)?/, '')
    .replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** A value of commander's as one of the kinds that options are made of. */
export function asWritten(value: unknown): Written {
  if (typeof value === 'boolean' || typeof value === 'string') return value;
  return Array.isArray(value) ? value.map(String) : undefined;
}

function isList(written: Written): written is readonly string[] {
  return Array.isArray(written);
}

function unknownChoice(flags: string, written: string, choices: readonly string[]): UsageError {
  const close = nearest(written, choices);
  const hint = close === undefined ? undefined : `Did you mean ${close}?`;
  return new UsageError(`${longFlag(flags)} takes one of ${choices.join(', ')}; this is "${written}"`, hint);
}

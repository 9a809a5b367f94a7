import { InternalError } from '../model/internal-error.ts';
import { asWritten, attributeOf } from './option.ts';
import type { OptionSpec } from './option.ts';
import type { RawReport, Report } from './report.ts';
import type { World } from './world.ts';

/** What a command's function gets of its command line. */
export type Invocation = {
  /** The command's name. */
  readonly command: string;
  readonly args: readonly string[];
  /** The value of one of the command's options. */
  readonly option: <T>(spec: OptionSpec<T>) => T;
  /** The same for an option that the command may not have. */
  readonly given: <T>(spec: OptionSpec<T>) => T | undefined;
};

/** A command's work. Its own module is loaded when the command is called, so that the others cost nothing. */
export type CommandFunction = (invocation: Invocation, world: World) => Promise<Report | RawReport>;

/** A command as the command line, help and completion know it. */
export type CommandSpec = {
  readonly name: string;
  /** As commander takes them: `<path>`, `[paths...]`. */
  readonly arguments: string;
  /** One line of the list of commands: small, without a full stop. */
  readonly summary: string;
  /** What its own help says; default: the summary. */
  readonly description?: string;
  /** Heading of the list under which it stands. */
  readonly group: string;
  readonly options: readonly OptionSpec<unknown>[];
  /** Words that its first argument can be, for completion; left out where it is a path. */
  readonly words?: readonly string[];
  readonly load: () => Promise<CommandFunction>;
};

/** Reads all options at once, so that a wrong one stops the command before it does anything. @throws UsageError */
export function invocation(
  spec: CommandSpec,
  args: readonly string[],
  written: Readonly<Record<string, unknown>>,
): Invocation {
  const valueOf = <T>(option: OptionSpec<T>): T => option.read(asWritten(written[attributeOf(option.flags)]));
  for (const option of spec.options) valueOf(option);
  return {
    command: spec.name,
    args,
    option: (option) => {
      if (!spec.options.includes(option)) {
        throw new InternalError(`${spec.name} reads ${option.flags}, which is not an option of it`);
      }
      return valueOf(option);
    },
    given: (option) => (spec.options.includes(option) ? valueOf(option) : undefined),
  };
}

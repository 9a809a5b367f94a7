import { Command, Option } from 'commander';
import type { OutputConfiguration } from 'commander';
import type { Terminal } from '../ports.ts';
import { version } from '../version.ts';
import type { CommandSpec } from './command.ts';
import type { OptionSpec } from './option.ts';

/** A command line that was understood. */
export type Parsed = {
  readonly spec: CommandSpec;
  readonly args: readonly string[];
  readonly written: Readonly<Record<string, unknown>>;
};

const about = `Outbound voice-AI call campaigns as code: plan, rehearse, run, and never call anyone twice.

A path is a campaign file, or a folder: every campaign.yaml and *.campaign.yaml below it.`;

/**
 * Reads a command line. Undefined where there is nothing to run because help or the version was printed.
 * @throws CommanderError for a command line that cannot be
 */
export function parseCommandLine(
  argv: readonly string[],
  specs: readonly CommandSpec[],
  terminal: Terminal,
): Parsed | undefined {
  let parsed: Parsed | undefined;
  const program = new Command('callplan')
    .description(about)
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .commandsGroup('Reference:')
    .showSuggestionAfterError(false)
    .helpCommand('help [command]', 'print the help of a command')
    .exitOverride()
    .configureOutput(outputOf(terminal))
    .configureHelp({ subcommandTerm: (command) => termOf(command, specs) });
  for (const spec of specs) {
    const command = program.command(spec.name);
    describe(command, spec).action(() => {
      parsed = { spec, args: command.args, written: command.opts<Record<string, unknown>>() };
    });
  }
  program.parse(argv, { from: 'user' });
  return parsed;
}

/** The list of commands shows what they take, but not that they have options: all have. */
function termOf(command: Command, specs: readonly CommandSpec[]): string {
  const spec = specs.find(({ name }) => name === command.name());
  return spec === undefined ? `${command.name()} [command]` : `${spec.name} ${spec.arguments}`;
}

/** Errors are not written here: main words them. */
function outputOf(terminal: Terminal): OutputConfiguration {
  return {
    writeOut: terminal.out,
    writeErr: terminal.err,
    outputError: () => undefined,
    getOutHelpWidth: () => widthOf(terminal.stdout),
    getErrHelpWidth: () => widthOf(terminal.stderr),
    getOutHasColors: () => false,
    getErrHasColors: () => false,
  };
}

function widthOf(stream: Terminal['stdout']): number {
  return stream.isTTY ? Math.min(stream.columns, 110) : 80;
}

function describe(command: Command, spec: CommandSpec): Command {
  command
    .summary(spec.summary)
    .description(spec.description ?? `${spec.summary.charAt(0).toUpperCase()}${spec.summary.slice(1)}.`)
    .helpGroup(spec.group)
    .helpOption('-h, --help', 'print this help');
  if (spec.arguments !== '') command.arguments(spec.arguments);
  for (const option of spec.options) command.addOption(optionOf(option));
  return command;
}

function optionOf(spec: OptionSpec<unknown>): Option {
  const option = new Option(spec.flags, spec.help);
  if (!spec.repeats) return option;
  return option.argParser((value: string, before: readonly string[] | undefined) => [...(before ?? []), value]);
}

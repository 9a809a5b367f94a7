import type { CommandSpec } from '../command.ts';
import { longFlag } from '../option.ts';
import type { OptionSpec } from '../option.ts';

/** A completion script for fish: commands and options with their descriptions. */
export function fishCompletion(specs: readonly CommandSpec[]): string {
  const names = specs.map(({ name }) => name).join(' ');
  return `# Completion of callplan for fish. Load it with: callplan completion fish | source
complete -c callplan -n __fish_use_subcommand -f -a help -d 'Print the help of a command'
complete -c callplan -n '__fish_seen_subcommand_from help' -f -a '${names}'
${specs.flatMap(linesOf).join('\n')}
`;
}

function linesOf(spec: CommandSpec): readonly string[] {
  const inside = `-n '__fish_seen_subcommand_from ${spec.name}'`;
  const words = spec.words === undefined ? [] : [`complete -c callplan ${inside} -f -a '${spec.words.join(' ')}'`];
  return [
    `complete -c callplan -n __fish_use_subcommand -f -a ${spec.name} -d ${quoted(spec.summary)}`,
    ...words,
    ...spec.options.map((option) => `complete -c callplan ${inside} ${optionPart(option)}`),
  ];
}

function optionPart(option: OptionSpec<unknown>): string {
  const short = /^-(?<letter>[a-z]),/.exec(option.flags)?.groups?.['letter'];
  const words = wordsOf(option);
  const value = option.flags.includes('<') ? (words === undefined ? ' -r' : ' -x') : ' -f';
  const choices = words === undefined ? '' : ` -a '${words}'`;
  const letter = short === undefined ? '' : ` -s ${short}`;
  return `-l ${longFlag(option.flags).slice(2)}${letter}${value}${choices} -d ${quoted(option.help)}`;
}

/** Words to choose from; those that the files say are asked of callplan. */
function wordsOf({ choices, completes }: OptionSpec<unknown>): string | undefined {
  if (completes !== undefined) {
    return `(callplan completion ${completes} -- (commandline -opc)[3..-1] 2>/dev/null)`;
  }
  return choices.length > 0 ? choices.join(' ') : undefined;
}

function quoted(text: string): string {
  return `'${text.replaceAll(/['\\]/g, String.raw`\$&`)}'`;
}

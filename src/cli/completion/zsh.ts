import type { CommandSpec } from '../command.ts';
import { longFlag } from '../option.ts';
import type { OptionSpec } from '../option.ts';

/** A completion script for zsh: commands and options with their descriptions. */
export function zshCompletion(specs: readonly CommandSpec[]): string {
  return `#compdef callplan
# Completion of callplan for zsh. Load it with: source <(callplan completion zsh), after compinit
_callplan() {
  local line state
  _arguments -C '(- *)--help[print help]' '(- *)--version[print the version]' '1: :->command' '*:: :->rest'
  case $state in
    command)
      local -a commands=(
${specs.map(({ name, summary }) => `        ${quoted(`${name}:${summary}`)}\n`).join('')}        'help:Print the help of a command'
      )
      _describe command commands
      ;;
    rest)
      case $line[1] in
${specs.map(commandCase).join('')}        help) _values command ${specs.map(({ name }) => name).join(' ')} ;;
      esac
      ;;
  esac
}
compdef _callplan callplan
`;
}

function commandCase(spec: CommandSpec): string {
  const rest = spec.words === undefined ? '*:path:_files' : `1:word:(${spec.words.join(' ')})`;
  const parts = [...spec.options.map(optionPart), quoted(rest)];
  return `        ${spec.name})\n          _arguments ${parts.join(' \\\n            ')}\n          ;;\n`;
}

function optionPart(option: OptionSpec<unknown>): string {
  const value = /<(?<name>[^>]+)>/.exec(option.flags)?.groups?.['name'];
  const action = option.choices.length > 0 ? `(${option.choices.join(' ')})` : '_files';
  const help = option.help.replaceAll(/[[\]:]/g, ' ');
  const tail = value === undefined ? '' : `:${value}:${action}`;
  return quoted(`${option.repeats ? '*' : ''}${longFlag(option.flags)}[${help}]${tail}`);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

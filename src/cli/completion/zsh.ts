import type { CommandSpec } from '../command.ts';
import type { OptionSpec } from '../option.ts';

/** A completion script for zsh: commands and options with their descriptions. */
export function zshCompletion(specs: readonly CommandSpec[]): string {
  return `#compdef callplan
# Completion of callplan for zsh. Load it with: source <(callplan completion zsh), after compinit
_callplan_environments() {
  local -a names=(\${(f)"$(callplan completion environments -- \${words[2,-1]} 2>/dev/null)"})
  compadd -a names
}
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
  const action = option.choices.length > 0 ? `(${option.choices.join(' ')})` : fileAction(option);
  const help = option.help.replaceAll(/[[\]:]/g, ' ');
  const tail = value === undefined ? '' : `:${value}:${action}`;
  const flags = option.flags.split(/[ ,]+/).filter((flag) => flag.startsWith('-'));
  return flags.map((flag) => quoted(`${option.repeats ? '*' : ''}${flag}[${help}]${tail}`)).join(' ');
}

function fileAction({ completes }: OptionSpec<unknown>): string {
  return completes === undefined ? '_files' : `_callplan_${completes}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

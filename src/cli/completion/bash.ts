import type { CommandSpec } from '../command.ts';
import { longFlag } from '../option.ts';
import type { OptionSpec } from '../option.ts';

/** A completion script for bash (4 or newer): commands, their options, the words of options and arguments, else files. */
export function bashCompletion(specs: readonly CommandSpec[]): string {
  return `# Completion of callplan for bash. Load it with: source <(callplan completion bash)
_callplan() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} options= words=
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    mapfile -t COMPREPLY < <(compgen -W '${specs.map(({ name }) => name).join(' ')} help --help --version' -- "$current")
    return
  fi
  case "\${COMP_WORDS[1]} $previous" in
${specs.flatMap(choiceCases).join('')}  esac
  case "\${COMP_WORDS[1]}" in
${specs.map(commandCase).join('')}    help) words='${specs.map(({ name }) => name).join(' ')}' ;;
  esac
  if [[ $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$options --help" -- "$current")
  elif [[ $words ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
  fi
}
complete -o default -F _callplan callplan
`;
}

/** What may stand behind an option of a command. */
function choiceCases(spec: CommandSpec): readonly string[] {
  return [...spec.options.flatMap((option) => fileCases(spec, option)), ...wordCases(spec)];
}

/** Words that the files say: callplan is asked, with all the other words of the command line. */
function fileCases(spec: CommandSpec, { flags, completes }: OptionSpec<unknown>): readonly string[] {
  if (completes === undefined) return [];
  const before = '"${COMP_WORDS[@]:2:COMP_CWORD-3}"';
  const behind = '"${COMP_WORDS[@]:COMP_CWORD+1}"';
  const asked = `$("\${COMP_WORDS[0]}" completion ${completes} -- ${before} ${behind} 2>/dev/null)`;
  const cases = flags.split(/[ ,]+/).filter((flag) => flag.startsWith('-'));
  const reply = `mapfile -t COMPREPLY < <(compgen -W "${asked}" -- "$current")`;
  return [`    ${cases.map((flag) => `'${spec.name} ${flag}'`).join('|')}) ${reply}; return ;;\n`];
}

function wordCases(spec: CommandSpec): readonly string[] {
  return spec.options
    .filter(({ choices }) => choices.length > 0)
    .map(({ flags, choices }) => {
      const reply = `mapfile -t COMPREPLY < <(compgen -W '${choices.join(' ')}' -- "$current")`;
      return `    '${spec.name} ${longFlag(flags)}') ${reply}; return ;;\n`;
    });
}

function commandCase(spec: CommandSpec): string {
  const options = spec.options.map(({ flags }) => longFlag(flags)).join(' ');
  return `    ${spec.name}) options='${options}' words='${(spec.words ?? []).join(' ')}' ;;\n`;
}

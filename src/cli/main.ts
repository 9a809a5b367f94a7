/**
 * The command line: words in, exit code out. It reads the command line, loads the one command that was called,
 * prints its report and words whatever went wrong, once for all commands. It knows no campaign and no provider.
 */
import { CommanderError } from 'commander';
import type { World } from '../ports.ts';
import { openReach } from '../input/reach.ts';
import { nearest } from '../model/nearest.ts';
import { wrap } from '../report/width.ts';
import { version } from '../version.ts';
import { invocation } from './command.ts';
import { commands } from './commands.ts';
import { exitCode } from './exit.ts';
import { bugMessage, failureOf } from './failure.ts';
import type { Failure } from './failure.ts';
import { longFlag } from './option.ts';
import { noProviders } from './no-providers.ts';
import { allowProviderOption } from './options.ts';
import { parseCommandLine } from './program.ts';
import type { Providers } from './providers.ts';
import type { RawReport, Report } from './report.ts';
import { screenOf } from './screen.ts';

/** Runs one command line in a world; answers the exit code and never throws. */
export async function main(argv: readonly string[], world: World): Promise<number> {
  const reach = openReach(world);
  try {
    const parsed = parseCommandLine(argv, commands, world.terminal);
    if (parsed === undefined) return 0;
    const { spec, args, written } = parsed;
    const perform = await spec.load();
    const invoked = invocation(spec, args, written);
    const allowed = invoked.given(allowProviderOption);
    const providers = allowed === undefined ? noProviders : await providersOf(allowed, world);
    return print(await perform(invoked, { ...world, providers, reach }), argv, world);
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    if (error instanceof CommanderError && error.code === 'commander.help' && argv[1] === undefined) {
      return exitCode(['usage']);
    }
    const failure = commandLineFailure(error, argv) ?? failureOf(error, world.cwd) ?? unexpected(error, world);
    return printFailure(failure, { argv, error }, world);
  } finally {
    await reach.close();
  }
}

async function providersOf(allowed: readonly string[], world: World): Promise<Providers> {
  const { openProviders } = await import('./providers.ts');
  return openProviders(allowed, world);
}

/** Asked of the words themselves, since a command line that cannot be read is to be reported in that format, too. */
function wantsJson(argv: readonly string[]): boolean {
  return argv.some((word, index) => word === '--format=json' || (word === '--format' && argv[index + 1] === 'json'));
}

function print(report: Report | RawReport, argv: readonly string[], world: World): number {
  const code = exitCode(report.endings);
  if ('raw' in report) {
    world.terminal.out(report.raw);
    printNext(report.next, 'stderr', world);
  } else if (wantsJson(argv)) {
    printJson(report.kind, code, { ...report.data, next: report.next }, world);
  } else {
    world.terminal.out(report.text(screenOf('stdout', world)));
    printNext(report.next, 'stdout', world);
  }
  return code;
}

function printJson(kind: string, code: number, data: object, world: World): void {
  const envelope = { format_version: 1, kind, exit_code: code, ...data };
  world.terminal.out(`${JSON.stringify(envelope, null, 2)}\n`);
}

/** Commands stay on one line, so that they can be copied. */
function printNext(next: readonly string[], stream: 'stdout' | 'stderr', world: World): void {
  const write = stream === 'stdout' ? world.terminal.out : world.terminal.err;
  const { columns, style } = screenOf(stream, world);
  for (const [index, step] of next.entries()) {
    const lines = step.startsWith('callplan ') ? [step] : wrap(step, columns - 6);
    const head = index === 0 ? `\n${style.bold('Next:')} ` : '      ';
    write(`${head}${lines.join('\n      ')}\n`);
  }
}

type Context = { readonly argv: readonly string[]; readonly error: unknown };

/** The message goes to stderr; for programs, which read stdout, it goes there as data too. */
function printFailure(failure: Failure, { argv, error }: Context, world: World): number {
  const code = exitCode([failure.ending]);
  const { columns, style } = screenOf('stderr', world);
  const [first = '', ...rest] = wrap(`callplan: ${failure.message}`, columns - 2);
  world.terminal.err(`${[first.replace('callplan:', style.red('callplan:')), ...rest].join('\n  ')}\n`);
  const debug = failure.ending === 'unexpected' && world.env['CALLPLAN_DEBUG'] && error instanceof Error;
  if (debug) world.terminal.err(`${error.stack ?? ''}\n`);
  const next = failure.ending === 'usage' && failure.next.length === 0 ? [helpFor(argv)] : failure.next;
  printNext(next, 'stderr', world);
  if (wantsJson(argv)) printJson('failure', code, { message: failure.message, next }, world);
  return code;
}

function helpFor(argv: readonly string[]): string {
  const spec = commands.find(({ name }) => name === argv[0]);
  return spec === undefined ? 'callplan --help' : `callplan ${spec.name} --help`;
}

function unexpected(error: unknown, world: World): Failure {
  const says = 'an error that callplan did not expect; it is a fault of callplan, not of your files.';
  const what = bugMessage(error, { tool: version, runtime: world.host.runtime });
  return {
    ending: 'unexpected',
    message: `${says}\n  ${what}`,
    next: ['report it with these lines; with CALLPLAN_DEBUG=1 the command prints where it happened'],
  };
}

/** Words of commander's are kept, but for its suggestions. */
function commandLineFailure(error: unknown, argv: readonly string[]): Failure | undefined {
  if (!(error instanceof CommanderError)) return undefined;
  const said = error.code === 'commander.help' ? `unknown command '${argv[1]}'` : error.message;
  const message = said.replace(/^error: /, '').replace(/\.$/, '');
  const [, kind, word] = /^unknown (command|option) '(?:--)?([^'=]*)/.exec(message) ?? [];
  if (kind === undefined || word === undefined) return { ending: 'usage', message, next: [] };
  const known = kind === 'command' ? commands.map(({ name }) => name) : optionsOf(argv);
  const meant = nearest(word, known);
  const hint = meant === undefined ? '' : `. Did you mean ${kind === 'option' ? '--' : ''}${meant}?`;
  return { ending: 'usage', message: message + hint, next: [] };
}

/** The long options of the command that is called, without their dashes. */
function optionsOf(argv: readonly string[]): readonly string[] {
  const spec = commands.find(({ name }) => name === argv[0]);
  return [...(spec?.options ?? []).map(({ flags }) => longFlag(flags).slice(2)), 'help'];
}

import { main } from '../../src/cli/main.ts';
import { world } from '../support/world.ts';
import type { FakeWorld, Sent, WorldOptions } from '../support/world.ts';

/** One command line of a transcript, or something that happens between two. */
export type Step = readonly string[] | ((world: FakeWorld) => Promise<void> | void);

/**
 * Runs command lines one after the other in one world and writes down, as Markdown, what a person saw: the command,
 * its exit code, both streams, and the requests that were made.
 */
export async function transcript(steps: readonly Step[], options: WorldOptions = {}): Promise<string> {
  await using made = await world(options);
  const parts: string[] = [];
  for (const step of steps) {
    if (typeof step === 'function') await step(made);
    else parts.push(await record(step, made));
  }
  const text = parts.join('\n').replaceAll(made.cwd, '/project');
  for (const secret of Object.values(options.env ?? {})) {
    if (secret?.startsWith('sk-') && text.includes(secret)) throw new Error('a secret is in the output');
  }
  return text;
}

async function record(argv: readonly string[], made: FakeWorld): Promise<string> {
  made.terminal.clear();
  const before = made.sent.length;
  const code = await main(argv, made);
  return [
    `## callplan ${argv.map(quoted).join(' ')}\n`,
    `exit ${String(code)}\n`,
    block('stdout', made.terminal.stdoutText()),
    block('stderr', made.terminal.stderrText()),
    block('requests', made.sent.slice(before).map(describe).join('')),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function quoted(word: string): string {
  return /^[\w./:=,@%+-]+$/.test(word) ? word : `'${word}'`;
}

function block(name: string, text: string): string {
  if (text === '') return '';
  const shown = text.replaceAll('\u001B', '␛').replaceAll('\r', '␍');
  return `${name}\n\`\`\`text\n${shown.endsWith('\n') ? shown : `${shown}⏎\n`}\`\`\`\n`;
}

function describe({ request, exchange }: Sent): string {
  const answer = exchange.kind === 'answered' ? String(exchange.status) : exchange.kind;
  return `${request.method} ${request.url} ${answer}\n`;
}

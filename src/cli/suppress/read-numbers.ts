import type { Diagnostic } from '../../model/diagnostic.ts';
import type { E164 } from '../../model/recipient.ts';
import type { Terminal } from '../../ports.ts';
import { parsePhone } from '../../recipients/phone.ts';

/** Numbers, each once in the order of their first mention, and what is wrong with the others. */
export type ReadNumbers = { readonly phones: readonly E164[]; readonly diagnostics: readonly Diagnostic[] };

/** Entries that are told one by one. */
const toldEntries = 20;

/** Reads the numbers of a command line; `-` stands for the lines of standard input. Blank lines mean nobody. */
export async function readNumbers(
  words: readonly string[],
  country: string | undefined,
  { lines }: Pick<Terminal, 'lines'>,
): Promise<ReadNumbers> {
  const phones = new Set<E164>();
  const wrong: Diagnostic[] = [];
  for await (const { where, text } of entries(words, lines)) {
    if (text.trim() === '') continue;
    const parsed = parsePhone(text, country);
    if (parsed.kind === 'phone') {
      phones.add(parsed.phone);
      continue;
    }
    const { code: reason, detail } = parsed;
    wrong.push({ code: 'SUPPRESS_NUMBER', args: { where, reason, ...(detail === undefined ? {} : { detail }) } });
  }
  const more = wrong.length - toldEntries;
  const rest: readonly Diagnostic[] = more > 0 ? [{ code: 'SUPPRESS_MORE', args: { more } }] : [];
  return { phones: [...phones], diagnostics: [...wrong.slice(0, toldEntries), ...rest] };
}

type Entry = { readonly where: string; readonly text: string };

async function* entries(words: readonly string[], lines: Terminal['lines']): AsyncGenerator<Entry> {
  for (const [index, word] of words.entries()) {
    if (word !== '-') {
      yield { where: `number ${String(index + 1)}`, text: word };
      continue;
    }
    let line = 0;
    for await (const text of lines()) {
      line += 1;
      yield { where: `line ${String(line)} of standard input`, text };
    }
  }
}

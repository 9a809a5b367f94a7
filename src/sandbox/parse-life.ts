import { endings } from './life.ts';
import type { Ending, LifeScript } from './life.ts';
import { readShare } from './read-number.ts';

/** A script, or what is wrong with the text. */
export type ParsedLife =
  | { readonly kind: 'life'; readonly life: LifeScript }
  | { readonly kind: 'wrong'; readonly text: string };

/**
 * Reads `replied=70%,no_answer=30%` and, for single numbers, `+2348030000001=busy` or, call by call,
 * `+2348030000001=no_answer/replied`. Shares are weights; without any, the usual ones hold.
 */
export function parseLife(text: string): ParsedLife {
  const shares: Partial<Record<Ending, number>> = {};
  const numbers: Record<string, readonly Ending[]> = {};
  for (const entry of text.split(',').map((part) => part.trim())) {
    if (entry === '') continue;
    const [name = '', value = ''] = entry.split('=');
    const ending = endings.find((known) => known === name);
    const share = readShare(value);
    const script = name.startsWith('+') ? readEndings(value) : undefined;
    if (ending !== undefined && share !== undefined) shares[ending] = share;
    else if (script !== undefined) numbers[name] = script;
    else return { kind: 'wrong', text: wordsFor(entry) };
  }
  return { kind: 'life', life: Object.keys(shares).length > 0 ? { shares, numbers } : { numbers } };
}

function readEndings(text: string): readonly Ending[] | undefined {
  const script: Ending[] = [];
  for (const part of text.split('/')) {
    const ending = endings.find((known) => known === part);
    if (ending === undefined) return undefined;
    script.push(ending);
  }
  return script;
}

function wordsFor(entry: string): string {
  const known = endings.join(', ');
  return `cannot read ${JSON.stringify(entry)}: write ENDING=SHARE, a weight of 0% to 100% or 0 to 1, or +NUMBER=ENDING/ENDING; endings are ${known}`;
}

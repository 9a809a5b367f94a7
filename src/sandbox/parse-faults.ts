import { countFaults, faultNames, flagFaults, nameFaults, shareFaults, timeFaults } from './faults.ts';
import type { Faults, FlagFault, NameFault, NumberFault } from './faults.ts';
import { readCount, readShare, readTime } from './read-number.ts';

/** Faults, or what is wrong with the text. */
export type ParsedFaults =
  | { readonly kind: 'faults'; readonly faults: Faults }
  | { readonly kind: 'wrong'; readonly text: string };

/** What is read so far, by the kind of its value. */
type Read = {
  readonly numbers: Partial<Record<NumberFault, number>>;
  readonly names: Partial<Record<NameFault, readonly string[]>>;
  readonly flags: Partial<Record<FlagFault, true>>;
};

/** Reads `name=value,name`; an empty text has no faults. A share that is not given is 1. */
export function parseFaults(text: string): ParsedFaults {
  const read: Read = { numbers: {}, names: {}, flags: {} };
  for (const entry of text.split(',').map((part) => part.trim())) {
    if (entry === '') continue;
    const at = entry.indexOf('=');
    const name = at === -1 ? entry : entry.slice(0, at);
    const wrong = add(read, name, at === -1 ? undefined : entry.slice(at + 1));
    if (wrong !== undefined) return { kind: 'wrong', text: wrong };
  }
  return { kind: 'faults', faults: { ...read.numbers, ...read.names, ...read.flags } };
}

/** Adds one entry, or says what is wrong with it. */
function add(read: Read, name: string, value: string | undefined): string | undefined {
  if (isIn(shareFaults, name)) return addNumber(read, name, readShare(value ?? '1'), 'a share, such as 0.1 or 10%');
  if (isIn(timeFaults, name)) return addNumber(read, name, readTime(value ?? ''), 'a time, such as 500ms or 2s');
  if (isIn(countFaults, name)) return addNumber(read, name, readCount(value ?? ''), 'a count, such as 10');
  if (isIn(nameFaults, name)) {
    if (value === undefined || value === '') return `${name} needs a name`;
    read.names[name] = [...(read.names[name] ?? []), value];
    return undefined;
  }
  if (!isIn(flagFaults, name)) return `unknown fault ${quoted(name)}; known are ${faultNames().join(', ')}`;
  if (value !== undefined) return `${name} takes no value`;
  read.flags[name] = true;
  return undefined;
}

function addNumber(read: Read, name: NumberFault, value: number | undefined, needs: string): string | undefined {
  if (value === undefined) return `${name} needs ${needs}`;
  read.numbers[name] = value;
  return undefined;
}

function isIn<Table extends object>(table: Table, name: string): name is Extract<keyof Table, string> {
  return Object.hasOwn(table, name);
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

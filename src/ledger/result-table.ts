/** A wave's results as a table: the columns of its input, and behind them what became of each recipient. */
import { sumsOf } from '../model/money.ts';
import type { ResultRow, ResultWithInputs } from '../model/wave.ts';
import { reasonOf, stateOf } from './result-line.ts';

/** What the table adds, in order. `transcript` only where transcripts are asked for. */
const added = [
  'id',
  'phone',
  'state',
  'reason',
  'outcome',
  'reply',
  'classification',
  'extraction',
  'attempts',
  'called_at',
  'ended_at',
  'seconds',
  'cost',
  'transcript',
] as const;

type Added = (typeof added)[number];

/** A wave as a table: the columns of its list and what became of each recipient. */
export type ResultTable = {
  /** All columns, those of the input first. */
  readonly columns: readonly string[];
  /** Added columns that the input has already, by the name that they have here instead. */
  readonly renamed: Readonly<Record<string, string>>;
  readonly cells: (row: ResultWithInputs, transcript: string | undefined) => readonly string[];
};

/** @param isoTime prints epoch ms for people of the campaign */
export function resultTable(
  input: readonly string[],
  options: { readonly transcripts: boolean; readonly isoTime: (ms: number) => string },
): ResultTable {
  const own = added.filter((name) => options.transcripts || name !== 'transcript');
  const taken = new Set(input);
  const names = own.map((name) => {
    const free = freeName(`callplan_${name}`, taken);
    taken.add(free);
    return free;
  });
  const renamed = own.map((name, index) => [`callplan_${name}`, names[index] ?? ''] as const);
  return {
    columns: [...input, ...names],
    renamed: Object.fromEntries(renamed.filter(([wanted, name]) => wanted !== name)),
    cells: (row, transcript) => {
      const values = addedCells(row, options.isoTime);
      return [
        ...input.map((column) => row.row[column] ?? ''),
        ...own.map((name) => (name === 'transcript' ? (transcript ?? '') : values[name])),
      ];
    },
  };
}

/** `callplan_state`, and where that is a column already `callplan_state_2`. */
function freeName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted;
  for (let n = 2; taken.has(name); n += 1) name = `${wanted}_${String(n)}`;
  return name;
}

function addedCells(
  { key, phone, standing, attempts }: ResultRow,
  isoTime: (ms: number) => string,
): Readonly<Record<Exclude<Added, 'transcript'>, string>> {
  const last = attempts.at(-1);
  const made = attempts.filter(({ state }) => state.kind !== 'voided');
  const called = made.at(-1);
  const ended = made.flatMap(({ state }) => (state.kind === 'ended' ? [state] : []));
  const final = standing.kind === 'done' && last?.state.kind === 'ended' ? last.state : undefined;
  const { label, option, classification, extraction } = final?.reply ?? {};
  const seconds = ended.reduce((sum, state) => sum + (state.seconds ?? 0), 0);
  return {
    id: key,
    phone,
    state: stateOf(standing, last?.state),
    reason: reasonOf(standing, last?.state) ?? '',
    outcome: final?.outcome ?? '',
    reply: label ?? option ?? classification ?? '',
    classification: classification ?? '',
    extraction: extraction === undefined ? '' : JSON.stringify(extraction),
    attempts: String(made.length),
    called_at: called === undefined ? '' : isoTime(called.intentMs),
    ended_at: called?.endedMs === undefined ? '' : isoTime(called.endedMs),
    seconds: ended.some((state) => state.seconds !== undefined) ? String(seconds) : '',
    cost: sumsOf(ended.flatMap((state) => state.cost ?? [])).join('; '),
  };
}

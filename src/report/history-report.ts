import { isTestWave } from '../model/test-wave.ts';
import type { WaveParent } from '../model/wave.ts';
import { cleanLine } from './clean.ts';
import type { Finding } from './finding.ts';
import { hang } from './hang.ts';
import { optOutWords, type ListedOptOut } from './opt-outs.ts';
import { skipWords } from './count-words.ts';
import { parentWords } from './parent-words.ts';
import type { WaitingPerson } from './status-report.ts';
import type { View } from './style.ts';
import { timeWords } from './time-words.ts';
import { personWords } from './wait-words.ts';
import { fit, wrap } from './width.ts';

/** What happened to one person: what `history --format json` prints, described by schema/history.schema.json. */
export type HistoryReport = {
  readonly tool_version: string;
  readonly address: string;
  readonly file: string;
  readonly recipients: readonly HistoryOfRecipient[];
  /** Of their numbers. */
  readonly opt_outs: readonly ListedOptOut[];
  readonly diagnostics: readonly Finding[];
};

/** Somebody in one wave. */
export type HistoryOfRecipient = WaitingPerson & {
  readonly wave: string;
  /** What that wave repeats; null where its recipients came from the file. */
  readonly parent: WaveParent | null;
  /** When it was first in the list of the wave, ISO 8601. */
  readonly enrolled_at: string;
  /** Why it is skipped, rejected or unresolved. */
  readonly reason: string | null;
  readonly outcome: string | null;
  readonly reply: string | null;
  readonly events: readonly HistoryEvent[];
};

export type HistoryEvent = {
  /** ISO 8601. */
  readonly at: string;
  readonly attempt: number;
  readonly kind: string;
  /** What it means. */
  readonly says: string;
  /** What the provider knows the call by. */
  readonly call_id: string | null;
  readonly batch_id: string | null;
};

export function renderHistory({ address, file, recipients, opt_outs: optOuts }: HistoryReport, view: View): string {
  const { style, columns } = view;
  const told = optOuts.flatMap((one) => wrap(optOutWords(one), columns - 4).map((line) => `    ${line}`));
  return `${[
    style.bold(address),
    style.dim(fit(cleanLine(file), columns)),
    ...recipients.flatMap((one) => ['', ...renderHistoryOf(one, view)]),
    ...(told.length === 0 ? [] : ['', `  ${style.bold('Opt-outs')}`, ...told]),
  ].join('\n')}\n`;
}

/** Somebody in one wave, or a test call. */
export function renderHistoryOf(one: HistoryOfRecipient, { style, columns }: View): readonly string[] {
  const isTest = isTestWave(one.wave);
  const title = isTest ? 'Test call' : `Wave ${cleanLine(one.wave)}`;
  const rows = [
    { at: one.enrolled_at, words: isTest ? 'asked for' : listedWords(one) },
    ...one.events.map(({ at, attempt, says }) => ({ at, words: `attempt ${String(attempt)}: ${says}` })),
  ];
  const who = `${cleanLine(one.id)}  ${style.dim(one.phone)}`;
  const now = wrap(`Now: ${standingWords(one)}`, columns - 4).map((line) => `    ${line}`);
  return [
    `  ${style.bold(title)}  ${who}  ${style.dim(`times of ${one.zone ?? 'UTC'}`)}`,
    ...rows.flatMap(({ at, words }) =>
      hang(cleanLine(words), columns, { first: `    ${style.dim(clockWords(at))}  ` }),
    ),
    ...now,
  ];
}

function listedWords({ parent }: HistoryOfRecipient): string {
  return parent === null ? 'listed in the wave' : `listed in the wave, which repeats ${parentWords(parent)}`;
}

/** `2026-11-24 10:00:00` of ISO 8601 with an offset. */
function clockWords(iso: string): string {
  return iso.slice(0, 19).replace('T', ' ');
}

function standingWords(one: HistoryOfRecipient): string {
  const { state, reason, outcome, reply } = one;
  const why = reason === null ? '' : `: ${skipWords[reason] ?? cleanLine(reason)}`;
  switch (state) {
    case 'pending':
    case 'accepted':
      return personWords(one, 'by the next run');
    case 'intent':
    case 'in_doubt':
      return one.until === null
        ? 'may have been called; looked up by the next run'
        : `may have been called; next look-up ${timeWords(one.until, one.zone)}`;
    case 'done':
      return `done: ${[outcome?.replaceAll('_', ' '), reply].filter((part) => part).join(', ')}`;
    case 'unresolved':
      return `unresolved${why}; not called again until a person decides`;
    default:
      return isTestWave(one.wave) && reason === 'removed' ? 'not called' : `${state}${why}`;
  }
}

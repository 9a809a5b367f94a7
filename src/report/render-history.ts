import { isTestWave } from '../model/test-wave.ts';
import { cleanLine } from './clean.ts';
import { hang } from './hang.ts';
import type { HistoryOfRecipient, HistoryReport } from './history-report.ts';
import { optOutWords } from './render-opt-outs.ts';
import { skipWords } from './count-words.ts';
import { parentWords } from './parent-words.ts';
import type { View } from './style.ts';
import { timeWords } from './time-words.ts';
import { personWords } from './wait-words.ts';
import { fit, wrap } from './width.ts';

/** What happened to one person, wave by wave. */
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

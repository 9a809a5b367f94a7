import { cleanLine } from './clean.ts';
import { stateRows } from './count-rows.ts';
import { listCounts, outcomeWords, replyWords, skipWords, unknownWords } from './count-words.ts';
import { count, countOf, duration } from './quantity.ts';
import { indented } from './indented.ts';
import { renderHeading, renderResource } from './render-resource.ts';
import { stopWords, type StopReport } from './stop-words.ts';
import { parentWords } from './parent-words.ts';
import type { CampaignStatus, Person, StatusReport, WaveProgress } from './status-report.ts';
import type { View } from './style.ts';
import { countTable } from './count-table.ts';
import { tripLines, type ShownTrip } from './trip.ts';
import type { CountRow } from './count-table.ts';
import { timeWords } from './time-words.ts';
import { pendingWords, personWords } from './wait-words.ts';
import { widthOf, wrap } from './width.ts';

/** How campaigns stand: drift, progress, who waits for what, whom a person has to look at. */
export function renderStatus(report: StatusReport, view: View): string {
  return `${report.campaigns.map((campaign) => renderCampaign(campaign, view).join('\n')).join('\n\n')}\n`;
}

/** People listed one by one; the JSON has all of them. */
const listed = 20;

function renderCampaign(campaign: CampaignStatus, view: View): readonly string[] {
  const inner = { ...view, columns: view.columns - 4 };
  const { progress, holder } = campaign;
  const held =
    holder === null
      ? []
      : ['', ...wrap(holderWords(holder), view.columns - 2).map((line) => `  ${view.style.cyan(line)}`)];
  return [
    ...renderHeading(campaign, view),
    '',
    ...indented(2, renderResource(campaign, inner)),
    ...held,
    '',
    ...indented(2, progress === null ? notBegun(campaign, inner) : renderProgress(progress, holder !== null, inner)),
    ...renderOthers(campaign, view),
  ];
}

function holderWords({ command, pid, hostname, since }: NonNullable<CampaignStatus['holder']>): string {
  const who = `process ${String(pid)} on ${cleanLine(hostname)}`;
  return since === null
    ? `"${cleanLine(command)}" works on it: ${who}`
    : `A run is under way since ${timeWords(since)}: ${who}`;
}

function notBegun({ store, wave }: CampaignStatus, { columns }: View): readonly string[] {
  const why = store === null ? 'there is no store yet' : `the store ${store} knows nothing of it`;
  return wrap(`Wave ${cleanLine(wave)} has not begun: ${why}`, columns);
}

function renderProgress(progress: WaveProgress, isHeld: boolean, view: View): readonly string[] {
  const { style, columns } = view;
  const talked = progress.seconds > 0 ? `, talked for ${duration(progress.seconds * 1000)}` : '';
  const title = `${countOf(progress.recipients, 'recipient')}, ${countOf(progress.attempts, 'attempt')}${talked}`;
  return [
    `${style.bold('Wave')}  ${style.dim(title)}`,
    ...(progress.parent === null ? [] : wrap(`Repeats ${parentWords(progress.parent)}`, columns)),
    ...indented(2, countTable(rowsOf(progress), { ...view, columns: columns - 2 })),
    ...(progress.next_at === null || isHalted(progress)
      ? []
      : [nextWords(progress.next_at, progress.next_in_seconds ?? 0)]),
    ...progress.unknown_statuses.flatMap((one) => wrap(unknownWords(one), columns).map(style.yellow)),
    ...(progress.stopped === null ? [] : wrap(stoppedLine(progress.stopped), columns).map(style.red)),
    ...(progress.tripped === null ? [] : trippedLines(progress.tripped, view)),
    ...renderPeople('Need a decision', progress.unresolved, view),
    ...renderPeople('May have been called', progress.in_doubt, view),
    ...renderWaiting(progress, isHeld, view),
  ];
}

/** Nobody is called, however due they are. */
function isHalted({ tripped, stopped }: WaveProgress): boolean {
  return tripped !== null || stopped !== null;
}

function trippedLines(tripped: ShownTrip, view: View): readonly string[] {
  const words = `Stopped at ${timeWords(tripped.at)}: ${cleanLine(tripped.why)}`;
  const lines = tripLines(tripped, view);
  return [...wrap(words, view.columns).map(view.style.red), ...(lines.length === 0 ? [] : ['', ...lines])];
}

function stoppedLine(stop: StopReport): string {
  const until = stop.kind === 'paused' ? 'nobody is called until it is resumed' : 'nobody is called any more';
  return `Stopped: ${stopWords(stop)}; ${until}`;
}

function nextWords(at: string, seconds: number): string {
  return seconds === 0
    ? 'The next of them is due now'
    : `The next of them is due in ${duration(seconds * 1000)}, at ${timeWords(at)}`;
}

function rowsOf(progress: WaveProgress): readonly CountRow[] {
  const { states, outcomes, skips, reasons } = progress;
  const done = states['done'] ?? 0;
  const ends = [listCounts(outcomes, outcomeWords), replyWords(progress)].filter((part) => part !== '');
  return [
    ...(done === 0 ? [] : [{ sign: '+', count: count(done), name: 'done', note: ends.join('; replies: ') }]),
    ...stateRows(states, {
      accepted: nextLook(reasons, 'accepted', 'next look'),
      in_doubt: `may have been called; ${nextLook(reasons, 'in_doubt', 'next look-up')}`,
      pending: pendingWords(reasons.filter(({ state }) => state === 'pending')),
      skipped: listCounts(skips, skipWords),
    }),
  ];
}

function renderPeople(title: string, people: readonly Person[], { columns, style }: View): readonly string[] {
  if (people.length === 0) return [];
  const more = people.length - listed;
  return [
    '',
    style.bold(style.yellow(title)),
    ...people
      .slice(0, listed)
      .flatMap(({ id, phone, attempt, since, reason }) => [
        `  ${cleanLine(id)}  ${style.dim(`${phone}  attempt ${String(attempt)}, ${timeWords(since)}`)}`,
        ...wrap(cleanLine(reason), columns - 4).map((line) => `    ${line}`),
      ]),
    ...(more > 0 ? [`  and ${count(more)} more; --format json lists all`] : []),
  ];
}

/** When the first of those in a state is looked at. */
function nextLook(reasons: WaveProgress['reasons'], state: string, words: string): string {
  const reason = reasons.find((one) => one.state === state);
  const until = reason?.until ?? null;
  return until === null ? `${words} by the next run` : `${words} ${timeWords(until, reason?.zone)}`;
}

/** Those in doubt have a list of their own. */
function renderWaiting(progress: WaveProgress, isHeld: boolean, { columns, style }: View): readonly string[] {
  const { waiting, states } = progress;
  if (waiting.length === 0) return [];
  const more = (states['pending'] ?? 0) + (states['accepted'] ?? 0) - waiting.length;
  const inTurn = isHeld ? 'in its turn' : 'by the next run';
  const next = isHalted(progress) ? 'once the wave is resumed' : inTurn;
  return [
    '',
    style.bold('Waiting'),
    ...waiting.flatMap((person) => {
      const head = `  ${cleanLine(person.id)}  ${style.dim(person.phone)}`;
      const words = personWords(person, next);
      const line = `${head}  ${words}`;
      return widthOf(line) <= columns ? [line] : [head, ...wrap(words, columns - 4).map((part) => `    ${part}`)];
    }),
    ...(more > 0 ? [`  and ${count(more)} more; --all lists them`] : []),
  ];
}

function renderOthers({ other_waves: others }: CampaignStatus, { style, columns }: View): readonly string[] {
  if (others.length === 0) return [];
  const lines = others.flatMap(({ wave, parent, recipients, states }) => {
    const done = recipients - (states['pending'] ?? 0);
    const repeats = parent === null ? [] : wrap(`repeats ${parentWords(parent)}`, columns - 6);
    return [
      `    ${cleanLine(wave)}  ${style.dim(`${countOf(recipients, 'recipient')}, ${count(done)} of them not pending`)}`,
      ...repeats.map((line) => `      ${style.dim(line)}`),
    ];
  });
  return ['', `  ${style.bold('Other waves')}`, ...lines];
}

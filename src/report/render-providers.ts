import { cleanLine } from './clean.ts';
import { hang } from './hang.ts';
import type { Ability, ProviderReport, ProvidersReport } from './providers-report.ts';
import { countOf, duration } from './quantity.ts';
import type { View } from './style.ts';
import { padEnd, widthOf, wrap } from './width.ts';
import { spoken } from './spoken.ts';

/** What providers can do: a block for each; of one alone also how its answers are read. */
export function renderProviders({ providers }: ProvidersReport, detailed: boolean, view: View): string {
  const blocks = providers.map((provider) => [
    ...headOf(provider, view),
    ...rowsOf(abilitiesOf(provider), view),
    ...(detailed ? detailsOf(provider, view) : []),
  ]);
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** What a provider can do, name and words, in the order in which they matter. */
export function abilitiesOf(provider: ProviderReport): readonly (readonly [name: string, words: string])[] {
  const { noun, resource, calls, placeholder, reference } = provider;
  const { per_request, requests_per_second: rate, follow_up, look_up } = calls;
  const listing = look_up.complete ? 'complete listings' : 'listings that may lack calls';
  const fixed = resource.fixed.length === 0 ? 'yes' : `yes, but for ${resource.fixed.join(', ')}`;
  return [
    ['resource', `${spoken(noun)}, ${resource.mark ? 'with' : 'without'} room for the ownership mark`],
    ['list', wordsOf(resource.list)],
    ['create', wordsOf(resource.create)],
    ['update', resource.update.able ? fixed : wordsOf(resource.update)],
    ['delete', wordsOf(resource.delete)],
    ['dispatch', `${countOf(per_request, 'call')} a request`],
    ['rate', rate === null ? 'no limit is documented' : `${countOf(rate, 'request')} a second`],
    ['placeholder', placeholder],
    ['reference', reference],
    ['look-up', `${listing}, ${duration(look_up.settle_seconds * 1000)} after the dispatch`],
    ['survey', wordsOf(look_up.survey)],
    ['follow-up', `every ${duration(follow_up.every_seconds * 1000)}, for ${duration(follow_up.for_seconds * 1000)}`],
    ['cancel', wordsOf(calls.cancel)],
    ['webhooks', webhookWords(calls)],
    ['transcripts', wordsOf(calls.transcripts)],
  ];
}

/** An event wakes the poll, and says nothing that is believed. */
function webhookWords({ webhooks, webhook_field: field }: ProviderReport['calls']): string {
  return webhooks.able && field !== null ? `yes, to the URL in ${field}; they only wake a poll` : wordsOf(webhooks);
}

function wordsOf({ able, why }: Ability): string {
  return able ? 'yes' : `no: ${why ?? 'nobody knows why'}`;
}

function headOf({ name, title, module }: ProviderReport, { style }: View): readonly string[] {
  return [`${style.bold(name)}  ${cleanLine(title)}${module === null ? '' : style.dim(`  ${cleanLine(module)}`)}`];
}

function detailsOf({ outcomes, replies, unknown }: ProviderReport, view: View): readonly string[] {
  const { style, columns } = view;
  const signs = outcomes.map(({ sign, outcome }) => [sign, undecided[outcome] ?? outcome] as const);
  return [
    '',
    style.bold('Outcomes, by the first sign that holds'),
    ...rowsOf(signs, view),
    '',
    style.bold('Replies'),
    ...(replies.length === 0
      ? ['  none are read']
      : rowsOf(
          replies.map(({ sign, becomes }) => [sign, becomes]),
          view,
        )),
    '',
    style.bold('What no page says'),
    ...(unknown.length === 0
      ? ['  nothing is known to be open']
      : unknown.flatMap((line) => hang(cleanLine(line), columns, { first: '  - ' }))),
  ];
}

/** What a sign says that is no outcome by itself. */
const undecided: Readonly<Record<string, string>> = {
  named: 'as provider.statuses says',
  open: 'the call goes on',
};

/** Two columns; both wrap. */
function rowsOf(rows: readonly (readonly [string, string])[], { columns, style }: View): readonly string[] {
  const width = Math.min(Math.max(...rows.map(([name]) => widthOf(name))), Math.floor((columns - 4) / 2));
  return rows.flatMap(([name, words]) => {
    const names = wrap(cleanLine(name), width);
    const lines = wrap(cleanLine(words), columns - width - 4);
    return Array.from({ length: Math.max(names.length, lines.length) }, (_, index) =>
      `  ${style.dim(padEnd(names[index] ?? '', width))}  ${lines[index] ?? ''}`.trimEnd(),
    );
  });
}

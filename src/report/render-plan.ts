import { cleanLine } from './clean.ts';
import { causeLegend, renderChanges } from './changes.ts';
import type { CampaignPlan, PlannedResource, PlanReport, TroubledResource } from './plan-report.ts';
import { renderRecipients } from './plan-recipients.ts';
import { count, countOf } from './quantity.ts';
import type { Paint, View } from './style.ts';
import { fit, wrap } from './width.ts';

/** A plan as a reviewer reads it: what changes, who would be called, what stands in the way, and all of it in a line. */
export function renderPlan(report: PlanReport, view: View): string {
  const parts = report.campaigns.map((campaign) => renderCampaign(campaign, view).join('\n'));
  return `${[...parts, renderSummary(report, view).join('\n')].join('\n\n')}\n`;
}

function renderCampaign(campaign: CampaignPlan, view: View): readonly string[] {
  const { style, columns } = view;
  const inner = { ...view, columns: columns - 4 };
  return [
    `${style.bold(campaign.address)}  wave ${cleanLine(campaign.wave)}`,
    style.dim(fit(cleanLine(campaign.file), columns)),
    '',
    ...indented(2, renderResource(campaign, inner)),
    '',
    ...indented(2, renderRecipients(campaign, inner)),
    ...renderByHand(campaign, view),
  ];
}

const actionWords = {
  create: ['will be created', '+'],
  adopt: ['will be adopted', '~'],
  update: ['will be updated', '~'],
  keep: ['stays as it is', ' '],
} as const;

function renderResource({ resource, provider }: CampaignPlan, view: View): readonly string[] {
  if ('reason' in resource) return renderTrouble(resource, view);
  const { style } = view;
  const [words, sign] = actionWords[resource.action];
  const paint: Paint = sign === '+' ? style.green : sign === '~' ? style.yellow : (text) => text;
  const name = resource.name === null ? '' : ` "${cleanLine(resource.name)}"`;
  const head = `${sign === ' ' ? '=' : sign} ${provider.type} ${resource.noun}${name} ${words}`;
  return [
    ...wrap(head, view.columns).map(paint),
    ...notesOf(resource).flatMap((note) => wrap(note, view.columns - 2).map((line) => style.dim(`  ${line}`))),
    ...indented(2, renderChanges(resource.changes, view)),
    ...causeLegend(resource.changes).flatMap((line) =>
      wrap(line, view.columns - 2).map((part) => style.dim(`  ${part}`)),
    ),
  ];
}

function notesOf(resource: PlannedResource): readonly string[] {
  const id = resource.id === null ? [] : [resource.id];
  if (!resource.managed) return [...id, 'named by its id alone: used, never written'];
  if (resource.action === 'adopt') {
    return [...id, 'it carries no mark of callplan yet; from now on this file speaks for it'];
  }
  return resource.missing === null ? id : [`${resource.missing}, which this address had before, is gone`];
}

function renderTrouble(resource: TroubledResource, { columns, style }: View): readonly string[] {
  const word = resource.action === 'conflict' ? 'conflict' : 'cannot be seen';
  return [
    style.red(`! ${resource.noun} ${word}`),
    ...wrap(resource.message, columns - 2).map((line) => `  ${line}`),
    ...wrap(resource.help, columns - 2).map((line) => style.dim(`  ${line}`)),
  ];
}

function renderByHand({ by_hand: sentences }: CampaignPlan, { columns, style }: View): readonly string[] {
  if (sentences.length === 0) return [];
  const lines = sentences.flatMap((sentence) =>
    wrap(sentence, columns - 4).map((line, index) => (index === 0 ? `  - ${line}` : `    ${line}`)),
  );
  return ['', `  ${style.bold('By hand')}`, ...lines];
}

function renderSummary({ summary, campaigns }: PlanReport, { style, columns }: View): readonly string[] {
  const parts = [
    summary.create > 0 ? `${count(summary.create)} to create` : '',
    summary.adopt > 0 ? `${count(summary.adopt)} to adopt` : '',
    summary.update > 0 ? `${count(summary.update)} to update` : '',
    summary.keep > 0 ? `${count(summary.keep)} unchanged` : '',
    summary.conflict > 0 ? style.red(countOf(summary.conflict, 'conflict')) : '',
    summary.unreachable > 0 ? style.red(`${count(summary.unreachable)} not seen`) : '',
  ].filter((part) => part !== '');
  const people = campaigns.reduce((sum, { recipients }) => sum + recipients.calls.people, 0);
  const calls =
    summary.to_call === null
      ? `at most ${countOf(people, 'person', 'people')} to call`
      : `${countOf(summary.to_call, 'person', 'people')} to call`;
  return wrap(`${style.bold('Plan:')} ${[...parts, calls].join(', ')}.`, columns);
}

function indented(spaces: number, lines: readonly string[]): readonly string[] {
  return lines.map((line) => (line === '' ? '' : ' '.repeat(spaces) + line));
}

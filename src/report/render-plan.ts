import type { CampaignPlan, PlanReport, PlanSummary } from './plan-report.ts';
import { renderRecipients } from './render-recipients.ts';
import { count, countOf } from './quantity.ts';
import { indented } from './indented.ts';
import { renderByHand, renderHeading, renderResource } from './render-resource.ts';
import type { View } from './style.ts';
import { wrap } from './width.ts';

/** A plan as a reviewer reads it: what changes, who would be called, what stands in the way, and all of it in a line. */
export function renderPlan(report: PlanReport, view: View): string {
  const parts = report.campaigns.map((campaign) => renderCampaign(campaign, view).join('\n'));
  return `${[...parts, renderSummary(report, view).join('\n')].join('\n\n')}\n`;
}

function renderCampaign(campaign: CampaignPlan, view: View): readonly string[] {
  const inner = { ...view, columns: view.columns - 4 };
  return [
    ...renderHeading(campaign, view),
    ...renamedLines(campaign, view),
    '',
    ...indented(2, renderResource(campaign, inner)),
    ...(campaign.recipients === null ? [] : ['', ...indented(2, renderRecipients(campaign.recipients, inner))]),
    ...renderByHand(campaign.by_hand, view),
  ];
}

function renamedLines({ renamed_from: from }: CampaignPlan, { columns }: View): readonly string[] {
  return from === null ? [] : wrap(`renamed from ${from}: its object and its record of calls move along`, columns);
}

function renderSummary({ summary, campaigns }: PlanReport, view: View): readonly string[] {
  const people = campaigns.reduce((sum, { recipients }) => sum + (recipients?.calls.people ?? 0), 0);
  const unread = campaigns.filter(({ recipients }) => recipients === null).length;
  const words = `${countOf(summary.to_call ?? people, 'person', 'people')} to call`;
  const calls = [
    ...(unread < campaigns.length ? [summary.to_call === null ? `at most ${words}` : words] : []),
    ...(unread > 0 ? [view.style.red(`${countOf(unread, 'list')} not read`)] : []),
  ];
  const counts = [...resourceCounts(summary, view), ...calls].join(', ');
  return [...wrap(`${view.style.bold('Plan:')} ${counts}.`, view.columns), ...renderGuards(summary, view)];
}

/** What happens to the objects, by how many; at least one word. */
export function resourceCounts(
  summary: Omit<PlanSummary, 'to_call'>,
  { style }: Pick<View, 'style'>,
): readonly string[] {
  return [
    summary.create > 0 ? `${count(summary.create)} to create` : '',
    summary.adopt > 0 ? `${count(summary.adopt)} to adopt` : '',
    summary.update > 0 ? `${count(summary.update)} to update` : '',
    summary.replace > 0 ? `${count(summary.replace)} to replace` : '',
    summary.keep > 0 ? `${count(summary.keep)} unchanged` : '',
    summary.conflict > 0 ? style.red(countOf(summary.conflict, 'conflict')) : '',
    summary.unreachable > 0 ? style.red(`${count(summary.unreachable)} not seen`) : '',
  ].filter((part) => part !== '');
}

/** What has to be acknowledged: so many changes at once, and each deletion. */
export function renderGuards(
  { change_guard: changes, delete_guard: deletes }: Omit<PlanSummary, 'to_call'>,
  view: View,
): readonly string[] {
  return [...renderChangeGuard(changes, view), ...renderDeleteGuard(deletes, view)];
}

function renderDeleteGuard(guard: PlanSummary['delete_guard'], { columns, style }: View): readonly string[] {
  if (guard === null) return [];
  const allowed = guard.allowed === null ? '' : `, and --allow-deletes says ${count(guard.allowed)}`;
  const text = `${countOf(guard.deleting, 'object')} would be deleted${allowed}. If that is meant: --allow-deletes ${String(guard.deleting)}`;
  return wrap(text, columns).map(style.red);
}

function renderChangeGuard(guard: PlanSummary['change_guard'], { columns, style }: View): readonly string[] {
  if (guard === null) return [];
  const allowed = guard.allowed === null ? '' : `, and --allow-changes allows ${count(guard.allowed)}`;
  const text = `${count(guard.changing)} of ${countOf(guard.of, 'object')} would change${allowed}. If that is meant: --allow-changes ${String(guard.changing)}`;
  return wrap(text, columns).map(style.red);
}

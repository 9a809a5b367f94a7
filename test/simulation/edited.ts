import type { Edit } from './episode.ts';
import { people, type CampaignPlan } from './world.ts';

/** What somebody does to a campaign's files. */
type FileEdit = Extract<Edit, { readonly kind: 'add' | 'drop' | 'suppress' | 'renumber' | 'pace' | 'rules' }>;

/** The campaign as its files say it afterwards. */
export function edited(plan: CampaignPlan, edit: FileEdit): CampaignPlan {
  const { rows } = plan;
  switch (edit.kind) {
    case 'add': {
      const named = (at: number): string => `${plan.name.slice(0, 1).toUpperCase()}-${String(200 + at)}`;
      let at = rows.length;
      while (rows.some((row) => row.id === named(at))) at += 1;
      const id = named(at);
      return {
        ...plan,
        rows: [...rows, { id, phone: people[edit.person] ?? '', zone: rows[0]?.zone ?? 'Africa/Lagos' }],
      };
    }
    case 'drop':
      // A list without rows is a mistake that stops everything.
      return rows.length === 1 ? plan : { ...plan, rows: rows.filter((_, at) => at !== edit.at) };
    case 'suppress': {
      const phone = rows[edit.at % Math.max(1, rows.length)]?.phone;
      return phone === undefined || plan.suppressed.includes(phone)
        ? plan
        : { ...plan, suppressed: [...plan.suppressed, phone] };
    }
    case 'renumber':
      return {
        ...plan,
        rows: rows.map((row, at) => (at === edit.at ? { ...row, phone: people[edit.person] ?? '' } : row)),
      };
    case 'rules':
      return { ...plan, execution: { ...plan.execution, ...edit.rules } };
    case 'pace':
      return { ...plan, execution: { ...plan.execution, concurrency: edit.concurrency, batchSize: edit.batchSize } };
  }
}

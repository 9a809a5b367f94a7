import type { HttpRequest } from '../model/plan.ts';
import type { Page, Pull } from '../providers/contract.ts';

type Send = <Out>(request: HttpRequest, answer: (body: unknown) => Out) => Promise<Out>;

/** No listing of the four APIs is longer; a server that never ends its pages is not followed for ever. */
const mostPages = 100_000;

/**
 * Walks a listing to its end. It is complete when its distinct ids equal `total`, and `total` is the same on its
 * first and last page (design 6.2). Where an API has no totals it is complete when the API says that its last page is one.
 */
export async function pullPages<Item>(
  pull: Pull<Item>,
  send: Send,
): Promise<{ readonly items: readonly Item[]; readonly complete: boolean }> {
  const items: Item[] = [];
  const ids = new Set<string>();
  let cursor: string | undefined;
  let firstTotal: number | undefined;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const asked = cursor;
    const page: Page<Item> = await send(pull.request(asked), (body) => pull.answer(body, asked));
    for (const item of page.items) items.push(item);
    const before = ids.size;
    for (const id of page.ids) ids.add(id);
    if (pages === 0) firstTotal = page.total;
    const stuck = page.next !== undefined && page.ids.length > 0 && ids.size === before;
    if (page.next === undefined || page.ids.length === 0 || stuck) {
      return { items, complete: isComplete(page, firstTotal, ids.size) };
    }
    cursor = page.next;
  }
  return { items, complete: false };
}

function isComplete({ total, isLast }: Page<unknown>, firstTotal: number | undefined, ids: number): boolean {
  if (firstTotal === undefined && total === undefined) return isLast === true;
  return total === firstTotal && ids === firstTotal;
}

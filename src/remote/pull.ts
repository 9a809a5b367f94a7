import type { HttpRequest } from '../model/plan.ts';
import type { Page, Pull } from '../providers/contract.ts';

type Send = <Out>(request: HttpRequest, answer: (body: unknown) => Out) => Promise<Out>;

/** No listing of the four APIs is longer; a server that never ends its pages is not followed for ever. */
const mostPages = 100_000;

/**
 * Walks a listing to its end. It is complete when its distinct ids equal `total`, and `total` is the same on its
 * first and last page (design 6.2); an API without totals gives what it gives, incomplete.
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
      const complete = firstTotal !== undefined && page.total === firstTotal && ids.size === firstTotal;
      return { items, complete };
    }
    cursor = page.next;
  }
  return { items, complete: false };
}

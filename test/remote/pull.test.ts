import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Page, Pull } from '../../src/providers/contract.ts';
import { pullPages } from '../../src/remote/pull.ts';

/** A listing whose pages are said beforehand; `asked` has the cursors in order. */
function listing(pageOf: (index: number) => Page<string>) {
  const asked: (string | undefined)[] = [];
  const pull: Pull<string> = {
    what: 'calls',
    request: (cursor) => {
      asked.push(cursor);
      return { method: 'GET', url: 'https://voicebot.example.test/calls' };
    },
    answer: () => pageOf(asked.length - 1),
  };
  return { asked, walk: () => pullPages(pull, (_request, answer) => Promise.resolve(answer({}))) };
}

function pages(...all: readonly Page<string>[]) {
  return listing((index) => all[index] ?? { items: [], ids: [] });
}

function page(ids: readonly string[], total?: number, next?: string): Page<string> {
  return {
    items: ids.map((id) => `call ${id}`),
    ids,
    ...(total === undefined ? {} : { total }),
    ...(next === undefined ? {} : { next }),
  };
}

describe('a listing', () => {
  test('is walked by its cursors to its end', async () => {
    const { asked, walk } = pages(page(['1', '2'], 3, 'p2'), page(['3'], 3));
    expect(await walk()).toEqual({ items: ['call 1', 'call 2', 'call 3'], complete: true });
    expect(asked).toEqual([undefined, 'p2']);
  });

  test.each([
    ['is empty', [page([], 0)], true],
    ['says no total', [page(['1'])], false],
    ['says no total, but where it ends', [page(['1'], undefined, 'p2'), { ...page(['2']), isLast: true }], true],
    ['is empty, and says that this is all', [{ ...page([]), isLast: true }], true],
    ['says a total only at first, and where it ends', [page(['1'], 2, 'p2'), { ...page(['2']), isLast: true }], false],
    ['is full, but not as long as it says', [{ ...page(['1'], 2), isLast: true }], false],
    ['says no total on its last page', [page(['1'], 2, 'p2'), page(['2'])], false],
    ['has fewer than its total', [page(['1'], 2)], false],
    ['has more than its total', [page(['1', '2'], 1)], false],
    ['grew while it was read', [page(['1', '2'], 3, 'p2'), page(['3', '4'], 4)], false],
    ['shrank while it was read', [page(['1', '2'], 4, 'p2'), page(['3'], 3)], false],
    ['moved, so that one call came twice and another not', [page(['1', '2'], 4, 'p2'), page(['2', '3'], 4)], false],
    ['has a call twice, and yet all of them', [page(['1', '2'], 3, 'p2'), page(['2', '3'], 3)], true],
    ['ends with an empty page', [page(['1'], 1, 'p2'), page([], 1)], true],
    ['ends with an empty page too early', [page(['1'], 2, 'p2'), page([], 2)], false],
    ['ends with an empty page that goes on', [page(['1'], 1, 'p2'), page([], 1, 'p3')], true],
  ] as const)('that %s is complete: %3$s', async (_name, all, complete) => {
    const { asked, walk } = pages(...all);
    expect((await walk()).complete).toBe(complete);
    expect(asked).toHaveLength(all.length);
  });

  test('that gives the same page for ever is left after the second', async () => {
    const { asked, walk } = listing(() => page(['1', '2'], 5, 'again'));
    expect((await walk()).complete).toBe(false);
    expect(asked).toHaveLength(2);
  });

  test('that gives empty pages for ever is left after the first', async () => {
    const { asked, walk } = listing(() => page([], 5, 'again'));
    expect((await walk()).complete).toBe(false);
    expect(asked).toHaveLength(1);
  });

  test('that never ends its pages is left after a hundred thousand', async () => {
    const { asked, walk } = listing((index) => page([String(index)], 5, 'more'));
    expect((await walk()).complete).toBe(false);
    expect(asked).toHaveLength(100_000);
  });

  test('may come in one page of very many', async () => {
    const ids = Array.from({ length: 300_000 }, (_, index) => String(index));
    const { items, complete } = await pages(page(ids, ids.length)).walk();
    expect([items.length, complete]).toEqual([300_000, true]);
  });

  test('that fails in its midst fails as a whole', async () => {
    const { walk } = listing((index) => {
      if (index === 1) throw new Error('503');
      return page(['1'], 2, 'p2');
    });
    await expect(walk()).rejects.toThrow('503');
  });

  test('is complete only if every call of it was seen, however pages move and totals change', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({ ids: fc.subarray(['1', '2', '3', '4']), total: fc.option(fc.nat(4), { nil: undefined }) }),
          {
            minLength: 1,
            maxLength: 4,
          },
        ),
        async (any) => {
          const all = any.map(({ ids, total }, index) => page(ids, total, index + 1 < any.length ? 'on' : undefined));
          const { items, complete } = await pages(...all).walk();
          if (!complete) return;
          expect(new Set(items).size).toBe(any[0]?.total);
          expect(items.length).toBeGreaterThanOrEqual(any[0]?.total ?? Infinity);
        },
      ),
    );
  });
});

import type { Diagnostic } from '../../model/diagnostic.ts';
import { stopOutcomes } from '../../model/execution.ts';
import { costOf, parseMoney, printMoney } from '../../model/money.ts';
import { parseDuration, parsePrice, printDuration } from '../quantity.ts';
import { durationAt, numberAt } from '../read-quantity.ts';
import { usualMaxCallMs } from '../resolve-execution.ts';
import type { Sourced } from '../sourced.ts';
import { at, entriesAt, keyPlaceAt, printPath, textAt } from '../sourced.ts';
import type { Rule } from './rule.ts';

/** A share of no outcome stops nothing. */
export const stopShares: Rule = ({ root }) =>
  [
    ['execution', 'canary', 'stop_when'],
    ['execution', 'stop_when'],
  ].flatMap((path) => {
    const block = at(root, path);
    const place = keyPlaceAt(root, path);
    // A key that is not known was meant for an outcome, and has its own finding.
    const said = [...entriesAt(root, path).keys()].filter((key) => key !== 'of_last');
    if (block?.kind !== 'map' || place === undefined || said.length > 0) return [];
    return [{ code: 'STOP_WHEN_EMPTY', args: { path: printPath(path), known: stopOutcomes }, at: place }];
  });

/** What a call may cost at most must be known before it is made. */
export const budgetCost: Rule = ({ root }) => {
  const node = at(root, ['execution', 'budget', 'cost']);
  const cost = parseMoney(textAt(node, []) ?? '');
  if (node === undefined || cost === undefined) return [];
  const written = at(root, ['execution', 'price']) ?? at(root, ['execution', 'budget', 'price']);
  if (written === undefined) {
    return [
      { code: 'BUDGET_WITHOUT_PRICE', args: { cost: printMoney(cost), currency: cost.currency }, at: node.place },
    ];
  }
  const price = parsePrice(textAt(written, []) ?? '');
  if (price === undefined || price.currency === cost.currency) return [];
  const args = { cost: cost.currency, price: price.currency };
  return [{ code: 'BUDGET_CURRENCY', args, at: written.place }];
};

/** Each call reserves what it may use up at most, so a budget below that lets nobody be called. */
export const budgetRoom: Rule = ({ root }) => {
  const maxCall = textAt(root, ['execution', 'max_call']);
  const callMs = maxCall === undefined ? usualMaxCallMs : parseDuration(maxCall);
  return callMs === undefined ? [] : [...minutesRoom(root, callMs), ...costRoom(root, callMs)];
};

function minutesRoom(root: Sourced, callMs: number): readonly Diagnostic[] {
  const path = ['execution', 'budget', 'minutes'];
  const node = at(root, path);
  const minutes = numberAt(node, []);
  const needed = Math.ceil(callMs / 60_000);
  if (node === undefined || minutes === undefined || !Number.isInteger(minutes) || minutes < 1 || minutes >= needed)
    return [];
  const args = { path: printPath(path), budget: String(minutes), needed: String(needed), call: printDuration(callMs) };
  return [{ code: 'BUDGET_ROOM', args, at: node.place }];
}

function costRoom(root: Sourced, callMs: number): readonly Diagnostic[] {
  const path = ['execution', 'budget', 'cost'];
  const node = at(root, path);
  const cost = parseMoney(textAt(node, []) ?? '');
  const price = parsePrice(textAt(root, ['execution', 'price']) ?? '');
  if (node === undefined || cost === undefined || price?.currency !== cost.currency) return [];
  const needed = costOf(price, callMs);
  if (cost.micros === 0 || cost.micros >= needed.micros) return [];
  const args = {
    path: printPath(path),
    budget: printMoney(cost),
    needed: printMoney(needed),
    call: printDuration(callMs),
  };
  return [{ code: 'BUDGET_ROOM', args, at: node.place }];
}

const longestCapMs = 366 * 86_400_000;

/** Calls of longer ago do not help anybody. */
export const capLength: Rule = ({ root }) => {
  const path = ['execution', 'per_person'];
  const block = at(root, path);
  const paths = block?.kind === 'list' ? block.items.map((_, index) => [...path, index, 'per']) : [[...path, 'per']];
  return paths.flatMap((per) => {
    const node = at(root, per);
    const ms = durationAt(node, []);
    if (node === undefined || ms === undefined || ms <= longestCapMs) return [];
    const args = {
      path: printPath(per),
      found: String(textAt(node, [])),
      expected: `at most ${printDuration(longestCapMs)}`,
    };
    return [{ code: 'VALUE_RANGE', args, at: node.place } satisfies Diagnostic];
  });
};

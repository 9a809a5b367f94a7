import { stopOutcomes, type Budget, type Execution, type OutcomeShare } from '../model/execution.ts';
import type { Cap } from '../model/cap.ts';
import { parseMoney } from '../model/money.ts';
import { certain } from './certain.ts';
import { parsePercent, parsePrice } from './quantity.ts';
import { durationAt, numberAt } from './read-quantity.ts';
import type { Path, Sourced } from './sourced.ts';
import { at, textAt } from './sourced.ts';

type Stops = Pick<Execution, 'canary' | 'stopWhen' | 'budget' | 'price' | 'perPerson'>;

const usualLast = 100;

/** What stops a wave, and what bounds the calls to one person. */
export function resolveStops(block: Sourced | undefined): Stops {
  const canaryCalls = numberAt(block, ['canary', 'calls']);
  const shares = sharesAt(block, ['stop_when']);
  const budget = resolveBudget(at(block, ['budget']));
  const price = parsePrice(textAt(block, ['price']) ?? '');
  const caps = capsAt(block, ['per_person']);
  return {
    ...(canaryCalls !== undefined && {
      canary: { calls: canaryCalls, stopWhen: sharesAt(block, ['canary', 'stop_when']) },
    }),
    ...(shares.length > 0 && {
      stopWhen: { shares, ofLast: numberAt(block, ['stop_when', 'of_last']) ?? usualLast },
    }),
    ...(budget !== undefined && { budget }),
    ...(price !== undefined && { price }),
    ...(caps.length > 0 && { perPerson: caps }),
  };
}

function sharesAt(block: Sourced | undefined, path: Path): readonly OutcomeShare[] {
  return stopOutcomes.flatMap((outcome) => {
    const percent = parsePercent(textAt(block, [...path, outcome]) ?? '');
    return percent === undefined ? [] : [{ outcome, percent }];
  });
}

function resolveBudget(block: Sourced | undefined): Budget | undefined {
  if (block === undefined) return undefined;
  const calls = numberAt(block, ['calls']);
  const minutes = numberAt(block, ['minutes']);
  const cost = parseMoney(textAt(block, ['cost']) ?? '');
  return {
    ...(calls !== undefined && { calls }),
    ...(minutes !== undefined && { seconds: minutes * 60 }),
    ...(cost !== undefined && { cost }),
  };
}

/** One cap, or a list of them. */
function capsAt(block: Sourced | undefined, path: Path): readonly Cap[] {
  const written = at(block, path);
  if (written === undefined) return [];
  return (written.kind === 'list' ? written.items : [written]).map((cap) => ({
    calls: certain(numberAt(cap, ['calls']), 'calls'),
    perMs: certain(durationAt(cap, ['per']), 'per'),
    in: textAt(cap, ['in']) === 'campaign' ? 'campaign' : 'store',
  }));
}

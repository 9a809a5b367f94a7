import type { World } from '../ports.ts';
import { hang } from '../report/hang.ts';
import { count, duration } from '../report/quantity.ts';
import { fit } from '../report/width.ts';
import { screenOf } from './screen.ts';

/** How a run stands. */
export type Snapshot = {
  /** Recipients by where they stand; the skipped are left out, as they are not to be called. */
  readonly calls: {
    /** In a final state, whatever it is. */
    readonly done: number;
    readonly open: number;
    readonly pending: number;
    /** The dispatch may have reached the provider; counted in none of the others. */
    readonly inDoubt: number;
    readonly unresolved: number;
  };
  /** Of those open: calls with a status that callplan does not know. */
  readonly unknown?: number;
  /** Calls that this run started in the last minute. */
  readonly rate: number;
  /** When the next thing is due that is not due yet, epoch ms. */
  readonly nextAtMs?: number;
  /** What it waits for: "waiting for the window". */
  readonly note?: string;
};

/** The live display on stderr. */
export interface Progress {
  /** Shows how the run stands; call it as often as you like. */
  readonly show: (snapshot: Snapshot) => void;
  /** Prints a line that stays. */
  readonly say: (line: string) => void;
  /** Shows the last snapshot and leaves the cursor on a line of its own. */
  readonly close: () => void;
}

/** Redraws of a terminal, and lines of a log, are this far apart at least. */
const redrawMs = 100;
const logIntervalMs = 10_000;

/** How often a log says again what it said before: while calls are under way, and while nobody is called. */
const openAgainMs = 5 * 60_000;
const waitAgainMs = 60 * 60_000;

/** From here on a log says that something is due later, and when. */
const longWaitMs = 60_000;

/**
 * Two lines that are redrawn where stderr is a terminal. Where it is not, a line when something changed, ten seconds
 * after the last at the earliest, and now and then one although nothing did.
 */
export function progressOf(world: Pick<World, 'terminal' | 'env' | 'clock'>): Progress {
  const live = world.terminal.stderr.isTTY && world.env['TERM'] !== 'dumb';
  let last: Snapshot | undefined;
  /** What was told last, but for what changes as time passes. */
  let told = '';
  let drawnMs = Number.NEGATIVE_INFINITY;
  let drawn: readonly string[] = [];

  function draw(snapshot: Snapshot): void {
    drawnMs = world.clock.monotonic();
    const lines = live ? liveLines(snapshot, world) : [words(snapshot, world).flat().join(', ')];
    if (live) world.terminal.err(erasing(drawn) + lines.join('\n'));
    else if (lines[0] !== drawn[0]) world.terminal.err(logged(lines[0] ?? '', world));
    drawn = lines;
    told = gist(snapshot, world);
  }

  function waitMs(snapshot: Snapshot): number {
    if (live) return redrawMs;
    if (gist(snapshot, world) !== told) return logIntervalMs;
    return snapshot.calls.open > 0 ? openAgainMs : waitAgainMs;
  }

  return {
    show: (snapshot) => {
      last = snapshot;
      if (world.clock.monotonic() - drawnMs >= waitMs(snapshot)) draw(snapshot);
    },
    say: (line) => {
      world.terminal.err(`${live ? erasing(drawn) : ''}${logged(line, world)}`);
      if (!live || last === undefined) return;
      drawn = [];
      draw(last);
    },
    close: () => {
      if (last === undefined) return;
      draw(last);
      if (live) world.terminal.err('\n');
      last = undefined;
    },
  };
}

/** What a log has to tell anew when it changes. */
function gist({ calls, unknown, note, nextAtMs }: Snapshot, { clock }: Pick<World, 'clock'>): string {
  const isLong = nextAtMs !== undefined && nextAtMs - clock.now() >= longWaitMs;
  return JSON.stringify([calls, unknown, note, isLong]);
}

/** A line that stays, with the rest of it below where it is too long. */
function logged(line: string, world: Pick<World, 'terminal' | 'env'>): string {
  return hang(line, screenOf('stderr', world).columns - 1, { first: '', rest: '  ' })
    .map((part) => `${part}\n`)
    .join('');
}

/** Back to the first of the drawn lines, and nothing behind it (ECMA-48: CUU, ED). */
function erasing(drawn: readonly string[]): string {
  if (drawn.length === 0) return '';
  return `${drawn.length > 1 ? `\u001B[${String(drawn.length - 1)}A` : ''}\r\u001B[J`;
}

/** The counts; and how fast it goes and what it waits for. */
function words(snapshot: Snapshot, world: Pick<World, 'clock'>): readonly [readonly string[], readonly string[]] {
  const { done, open, pending, inDoubt, unresolved } = snapshot.calls;
  const all = done + open + pending + inDoubt + unresolved;
  const counts = [
    `${count(done)} of ${count(all)} done`,
    open > 0 ? `${count(open)} open` : '',
    snapshot.unknown === undefined ? '' : `${count(snapshot.unknown)} with an unknown status`,
    pending > 0 ? `${count(pending)} pending` : '',
    inDoubt > 0 ? `${count(inDoubt)} may have been called` : '',
    unresolved > 0 ? `${count(unresolved)} unresolved` : '',
  ];
  const waiting = [
    `${count(Math.round(snapshot.rate))}/min`,
    snapshot.note ?? '',
    snapshot.nextAtMs === undefined ? '' : `next in ${duration(snapshot.nextAtMs - world.clock.now())}`,
  ];
  return [counts.filter((part) => part !== ''), waiting.filter((part) => part !== '')];
}

function liveLines(snapshot: Snapshot, world: Pick<World, 'terminal' | 'env' | 'clock'>): readonly string[] {
  const { columns, style } = screenOf('stderr', world);
  const { done, open, pending, inDoubt, unresolved } = snapshot.calls;
  const all = done + open + pending + inDoubt + unresolved;
  const barWidth = columns >= 100 ? 20 : 10;
  const full = all === 0 ? 0 : Math.floor((done / all) * barWidth);
  const bar = style.green('█'.repeat(full)) + style.dim('░'.repeat(barWidth - full));
  const [counts, waiting] = words(snapshot, world);
  const first = `${bar} ${fit(counts.join(' · '), columns - barWidth - 2)}`;
  return [first, style.dim(fit(waiting.join(', '), columns - 1))];
}

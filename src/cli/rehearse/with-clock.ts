import type { Campaign } from '../../model/campaign.ts';
import { fit } from '../../report/width.ts';
import { instant } from '../run/instant.ts';
import { screenOf } from '../screen.ts';
import type { World } from '../world.ts';
import { zoneOf } from '../zone-of.ts';

/** Most rehearsals are over before anything would be drawn. */
const redrawMs = 500;

/** Back to the start of the line, and nothing behind it (ECMA-48: ED). */
const erase = '\r\u001B[J';

/**
 * Does the work and, on a terminal, tells meanwhile how far the clock of the rehearsal has come: one of a hundred
 * thousand people takes minutes. The line is gone when the work is done.
 */
export async function withClock<T>(
  campaign: Campaign,
  { world, staged }: { readonly world: World; readonly staged: Pick<World, 'clock'> },
  work: () => Promise<T>,
): Promise<T> {
  if (!world.terminal.stderr.isTTY || world.env['TERM'] === 'dumb') return work();
  const over = new AbortController();
  const shown = show(campaign, { world, staged, over: over.signal });
  try {
    return await work();
  } finally {
    over.abort();
    await shown;
  }
}

type Shown = { readonly world: World; readonly staged: Pick<World, 'clock'>; readonly over: AbortSignal };

async function show(campaign: Campaign, { world, staged, over }: Shown): Promise<void> {
  const { columns } = screenOf('stderr', world);
  let drawn = '';
  await world.clock.sleep(redrawMs, over);
  while (!over.aborted) {
    const line = `Rehearsing: the clock has come to ${instant(staged.clock.now(), zoneOf(campaign))}`;
    if (line !== drawn) world.terminal.err(`${erase}${fit(line, columns - 1)}`);
    drawn = line;
    await world.clock.sleep(redrawMs, over);
  }
  if (drawn !== '') world.terminal.err(erase);
}

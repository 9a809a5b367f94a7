/**
 * Every figure is a ratio in one run, beside a peer or a limit: machines are noisy. `npm run bench` prints a table and,
 * with --json, the figures as data; it fails where a bound is missed. Words choose parts: wave list campaigns dispatch start-up
 * admission million.
 */
import { benchAdmission } from './admission.ts';
import { benchCampaigns } from './campaigns.ts';
import { benchDispatch } from './dispatch.ts';
import { holds, table, type Figure } from './figure.ts';
import { benchList } from './list.ts';
import { benchMillion } from './million.ts';
import { benchStartUp } from './start-up.ts';
import { benchWave } from './wave.ts';

const parts: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  'start-up': benchStartUp,
  wave: benchWave,
  campaigns: benchCampaigns,
  list: benchList,
  dispatch: benchDispatch,
  admission: benchAdmission,
  million: benchMillion,
};

const words = process.argv.slice(2);
const chosen = words.filter((word) => word in parts);
const figures: Figure[] = [];
for (const [name, part] of Object.entries(parts)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  process.stderr.write(`measuring ${name}\n`);
  figures.push(...(await part()));
}
process.stdout.write(words.includes('--json') ? `${JSON.stringify(figures, undefined, 2)}\n` : table(figures));
if (!figures.every(holds)) process.exitCode = 1;

/** Preloaded into measured processes: says on stderr how much memory they took at most, in kB. */
import { writeSync } from 'node:fs';

process.on('exit', () => {
  writeSync(2, `\nMAXRSS ${process.resourceUsage().maxRSS}\n`);
});

/**
 * Bundles the engine as the program is bundled. In a process of its own, since what a parent holds in memory counts as
 * what its children took: https://man7.org/linux/man-pages/man2/getrusage.2.html
 * Usage: bundle.ts FOLDER
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from '../../scripts/bundle.ts';

const [folder = ''] = process.argv.slice(2);

await bundle({ entries: { engine: join(import.meta.dirname, 'engine.ts') }, folder });
writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));

import { fdatasync } from 'node:fs';
import { promisify } from 'node:util';
import type { SyncFile } from '../ports.ts';

/** In the thread pool, so that answers are read meanwhile. */
export const syncFile: SyncFile = promisify(fdatasync);

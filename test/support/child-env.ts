import { fileURLToPath } from 'node:url';

/**
 * The environment of Node in processes of their own. Each start compiles the same modules, which is half of its time: what
 * one compiled the others take over, though Vitest forbids that to all of a run that measures coverage (theirs is not).
 */
export const childEnv: NodeJS.ProcessEnv = {
  ...process.env,
  NODE_COMPILE_CACHE: fileURLToPath(new URL('../../node_modules/.cache/callplan-tests', import.meta.url)),
  NODE_DISABLE_COMPILE_CACHE: undefined,
};

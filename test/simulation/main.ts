/** `npm run simulate`: plays worlds and says what they were. */
import { parseArgs } from 'node:util';
import { simulate } from './simulate.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    worlds: { type: 'string', default: '10000' },
    from: { type: 'string', default: '1' },
  },
});
const first = Number(values.seed ?? values.from);
const count = values.seed === undefined ? Number(values.worlds) : 1;
const isBroken = await simulate({
  first,
  count,
  isTold: values.seed !== undefined,
  say: (line) => process.stdout.write(`${line}\n`),
});
process.exitCode = isBroken ? 1 : 0;

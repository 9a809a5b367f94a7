import { describeFrozen } from './describe-frozen.ts';
import { describeOptOuts } from './describe-opt-outs.ts';
import { describeStops } from './describe-stops.ts';
import { describeStore } from './describe-store.ts';
import { openTemporary } from './sqlite-store.ts';

describeStore('the SQLite store', openTemporary);
describeOptOuts('the opt-outs of the SQLite store', openTemporary);
describeStops('what a person stops in the SQLite store', openTemporary);
describeFrozen('the frozen inputs of the SQLite store', openTemporary);

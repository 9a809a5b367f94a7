import { describeOptOuts } from './describe-opt-outs.ts';
import { describeStore } from './describe-store.ts';
import { openTemporary } from './sqlite-store.ts';

describeStore('the SQLite store', openTemporary);
describeOptOuts('the opt-outs of the SQLite store', openTemporary);

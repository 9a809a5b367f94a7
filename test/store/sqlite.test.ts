import { describeStore } from './describe-store.ts';
import { openTemporary } from './sqlite-store.ts';

describeStore('the SQLite store', openTemporary);

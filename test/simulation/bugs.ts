import type { Bug } from './bugs/bug.ts';
import { cliBugs } from './bugs/cli-bugs.ts';
import { ledgerBugs } from './bugs/ledger-bugs.ts';
import { modelBugs } from './bugs/model-bugs.ts';
import { runBugs } from './bugs/run-bugs.ts';
import { storeBugs } from './bugs/store-bugs.ts';

/** Every bug that is planted, by the part of the engine that it stands in. */
export const bugs: readonly Bug[] = [...cliBugs, ...runBugs, ...ledgerBugs, ...storeBugs, ...modelBugs];

import { testWorlds } from './worlds.ts';

testWorlds(251, 250);

import { expect, test } from 'vitest';
import { personOf } from '../../src/cli/person.ts';
import type { Env } from '../../src/ports.ts';

test.each<readonly [Env, string]>([
  [{ USER: 'amina', LOGNAME: 'root' }, 'amina'],
  [{ USER: '', LOGNAME: 'amina' }, 'amina'],
  [{ LOGNAME: 'amina' }, 'amina'],
  [{ USER: ' ', LOGNAME: '', USERNAME: 'Amina' }, 'Amina'],
  [{ USER: '' }, 'a person'],
  [{}, 'a person'],
])('names whoever gives the command by what the system calls them: %o', (env, name) => {
  expect(personOf(env)).toBe(name);
});

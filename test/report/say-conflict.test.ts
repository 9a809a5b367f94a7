import { expect, test } from 'vitest';
import type { Conflict } from '../../src/model/plan.ts';
import { sayConflict } from '../../src/report/say-conflict.ts';

const reasons: readonly Conflict['reason'][] = [
  { kind: 'other_address', id: 'w-1', mark: 'garage-recall/prod' },
  { kind: 'other_id', bound: 'w-1', id: 'w-2' },
  { kind: 'two_objects', ids: ['w-1', 'w-2'] },
  { kind: 'not_found', id: 'w-1' },
  { kind: 'cannot_create', why: 'HappyRobot has no request that makes one' },
  { kind: 'fixed_fields', id: 'w-1', paths: ['workflow_type'], why: 'named' },
  { kind: 'fixed_fields', id: 'w-1', paths: ['workflow_type'], why: 'unmarked' },
  { kind: 'fixed_fields', id: 'w-1', paths: ['workflow_type'], why: 'cannot_create' },
  { kind: 'in_use', id: 'w-1', paths: ['workflow_type'], why: 'open_calls', calls: 3 },
  { kind: 'in_use', id: 'w-1', paths: ['workflow_type'], why: 'other_store', store: '5707e001' },
];

test.each(reasons)('says what conflicts and what to do: $kind', (reason) => {
  const { message, help } = sayConflict({ address: 'clinic-reminders/prod', reason });
  expect(`${message}\nhelp: ${help}`).toMatchSnapshot();
});

/** What was said in a call: page calls/get-transcript, read 2026-11-21. */
import type { Faults } from '../faults.ts';
import type { Asked, Reply } from '../frame.ts';
import type { Account } from './account.ts';
import { hasEnded } from './account.ts';
import { ok, problem, withExtras } from './answers.ts';

/** That a call without a talk has an empty list is chosen, as is what was said. */
export function readTranscript(account: Account, faults: Faults, { params }: Asked): Reply {
  const call = account.byId.get(params['id'] ?? '');
  if (call === undefined) return problem(404, 'call not found');
  const isTalk = hasEnded(account, call) && call.life.ending === 'replied';
  const start = Math.floor(call.createdMs / 1000);
  const said = [
    { role: 'system', content: 'You call drivers.' },
    { role: 'assistant', content: 'Hello, is this a good time?' },
    { role: 'user', content: 'Yes, go ahead.' },
  ];
  const messages = said.map((message, index) => ({
    id: `${call.id}-${String(index)}`,
    ...message,
    tool_calls: null,
    name: null,
    tool_call_id: null,
    start: index,
    end: index + 1,
    interrupted_thoughts: null,
    is_filler: false,
    discard: false,
    transfer_contact: null,
  }));
  const transcript = {
    id: call.id.split('').toReversed().join(''),
    organization_id: account.organizationId,
    call_id: call.id,
    start_time: start,
    messages: isTalk ? messages : [],
  };
  return ok(withExtras(transcript, faults));
}

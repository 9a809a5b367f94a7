import type { OpenRecipients } from '../../input/load-recipients.ts';
import type { Recipient } from '../../model/recipient.ts';

/** Only the recipients of what was read. */
export async function* validOf(list: OpenRecipients): AsyncGenerator<readonly Recipient[]> {
  for await (const batch of list.read()) {
    yield batch.flatMap((row) => (row.kind === 'recipient' ? [row.recipient] : []));
  }
}

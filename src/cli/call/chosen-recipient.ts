import type { OpenRecipients } from '../../input/load-recipients.ts';
import type { E164, Recipient } from '../../model/recipient.ts';
import { maskText } from '../../report/mask-values.ts';
import { Halt } from '../halt.ts';
import type { Follow } from '../next-command.ts';
import { validOf } from '../run/valid-of.ts';

/** Whose row is used for a test call, and which recipients have the number that is called. */
export type Chosen = { readonly recipient: Recipient; readonly namesakes: readonly string[] };

/** Ids that are told. */
const toldNamesakes = 3;

/** @throws Halt where no such row can be called */
export async function chosenRecipient(
  list: OpenRecipients,
  { to, as: id, follow }: { readonly to: E164; readonly as: string | undefined; readonly follow: Follow },
): Promise<Chosen> {
  let chosen: Recipient | undefined;
  const namesakes: string[] = [];
  for await (const batch of validOf(list)) {
    chosen ??= id === undefined ? batch[0] : batch.find(({ key }) => key === id);
    const same = batch.filter(({ phone }) => phone === to).map(({ key }) => key);
    namesakes.push(...same.slice(0, toldNamesakes - namesakes.length));
  }
  if (chosen === undefined) {
    const why = id === undefined ? 'no row of the recipients can be called' : 'no row that can be called has this id';
    throw new Halt('invalid', `${why}; nobody was called`, [
      'see the rows, and what is wrong with them:',
      follow('validate'),
    ]);
  }
  const { notBeforeMs: _before, notAfterMs: _after, ...recipient } = chosen;
  // An id may be the number of the recipient, which nothing that is told of this call may show.
  const key = maskText(recipient.key, [recipient.phone]);
  return { recipient: { ...recipient, key, phone: to, suppressed: list.suppression.has(to) }, namesakes };
}

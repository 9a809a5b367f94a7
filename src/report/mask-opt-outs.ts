import { maskPhone } from './mask-phone.ts';
import { maskText } from './mask-values.ts';
import type { ListedOptOut, OptOutNote } from './opt-outs-report.ts';

/** Opt-outs as others may see them: numbers masked, those in what people wrote as well. */
export function maskOptOuts(optOuts: readonly ListedOptOut[]): readonly ListedOptOut[] {
  const phones = optOuts.map(({ phone }) => phone);
  const masked = <T extends OptOutNote>(note: T): T => ({
    ...note,
    because: note.because === null ? null : maskText(note.because, phones),
  });
  return optOuts.map(({ phone, source, removed }) => ({
    phone: maskPhone(phone, { show: false }),
    source: source.kind === 'person' ? masked(source) : source,
    removed: removed === null ? null : masked(removed),
  }));
}

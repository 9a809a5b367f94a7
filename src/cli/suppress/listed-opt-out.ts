import type { OptOut, OptOutNote } from '../../model/opt-out.ts';
import type { ListedOptOut, OptOutNote as ShownNote } from '../../report/opt-outs-report.ts';
import { utcTime } from '../iso-time.ts';

/** An opt-out as reports hold it, its number whole. */
export function listedOptOut({ phone, source, removed }: OptOut): ListedOptOut {
  return {
    phone,
    source:
      source.kind === 'person'
        ? { kind: 'person', ...shownNote(source) }
        : {
            kind: 'call',
            at: utcTime(source.atMs),
            address: source.address,
            wave: source.wave,
            attempt: source.attempt,
          },
    removed: removed === undefined ? null : shownNote(removed),
  };
}

function shownNote({ atMs, by, because = null }: Omit<OptOutNote, 'because'> & { because?: string | null }): ShownNote {
  return { at: utcTime(atMs), by, because };
}

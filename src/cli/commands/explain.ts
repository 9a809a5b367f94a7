import { renderPage } from '../../report/render-page.ts';
import { listed } from '../../report/words/quote.ts';
import { allCodes, explain as explanationOf } from '../../report/words.ts';
import type { Invocation } from '../command.ts';
import { nearest } from '../../model/nearest.ts';
import type { Report } from '../report.ts';
import { UsageError } from '../usage-error.ts';

/** Prints the page of a code, or the list of codes. */
export async function explain({ args }: Invocation): Promise<Report> {
  const [written] = args;
  if (written === undefined) return listCodes();
  const code = written.toUpperCase().replaceAll('-', '_');
  const page = explanationOf(code);
  if (page === undefined) throw unknownCode(code);
  return {
    endings: ['done'],
    kind: 'explanation',
    data: { code, page },
    text: (view) => renderPage(page, view),
    next: ['mend the file, then run callplan validate'],
  };
}

function listCodes(): Report {
  const codes = allCodes();
  return {
    endings: ['done'],
    kind: 'codes',
    data: { codes },
    text: () => `${codes.join('\n')}\n`,
    next: [`callplan explain ${codes[0] ?? 'CODE'}`],
  };
}

function unknownCode(code: string): UsageError {
  const close = nearest(code, allCodes());
  return new UsageError(`there is no code "${code}"`, close === undefined ? listing(code) : `Did you mean ${close}?`);
}

/** Names the codes that contain the word, else those whose pages do. */
function listing(word: string): string {
  const named = allCodes().filter((code) => code.split('_').includes(word));
  const about = allCodes().filter((code) =>
    (explanationOf(code) ?? '')
      .toUpperCase()
      .split(/[^A-Z]+/)
      .includes(word),
  );
  const codes = named.length > 0 ? named : about;
  return codes.length === 0 || codes.length > mostNamed
    ? 'callplan explain lists them'
    : `About ${word.toLowerCase()} there is ${listed(codes, 'and')}; callplan explain lists all`;
}

/** More would be a list that says nothing. */
const mostNamed = 8;

import { atlas } from '../../input/atlas.ts';
import { nearest } from '../../model/nearest.ts';
import type { OptOutNote } from '../../model/opt-out.ts';
import type { E164 } from '../../model/recipient.ts';
import type { World } from '../../ports.ts';
import { maskPhone } from '../../report/mask-phone.ts';
import { renderOptOuts, renderOptOutsChanged } from '../../report/render-opt-outs.ts';
import { maskOptOuts } from '../../report/mask-opt-outs.ts';
import type { OptOutsChangedReport, OptOutsReport } from '../../report/opt-outs-report.ts';
import type { Store } from '../../store/contract/store.ts';
import { openSqlite, openSqliteToRead } from '../../store/sqlite/open.ts';
import { version } from '../../version.ts';
import type { Invocation } from '../command.ts';
import { findingsReport } from '../findings-report.ts';
import { Halt } from '../halt.ts';
import { nextCommand } from '../next-command.ts';
import { showNumbersOption, storeOption } from '../options.ts';
import { personOf } from '../person.ts';
import type { Report } from '../report.ts';
import { shownPath } from '../shown-path.ts';
import { resolveStore } from '../store.ts';
import { listedOptOut } from '../suppress/listed-opt-out.ts';
import { becauseOption, countryOption } from '../suppress/options.ts';
import { readNumbers } from '../suppress/read-numbers.ts';
import { UsageError } from '../usage-error.ts';

/** What `suppress` can do, as its first word says. */
export const suppressActions = ['add', 'remove', 'list'] as const;

/** Keeps the store's list of people whom no campaign calls. */
export async function suppress(invoked: Invocation, world: World): Promise<Report> {
  const [word = '', ...numbers] = invoked.args;
  const action = suppressActions.find((known) => known === word);
  if (action === undefined) throw unknownAction(word);
  const path = await resolveStore({ named: invoked.option(storeOption), files: [], isKept: action !== 'list' }, world);
  if (action === 'list') return list(invoked, path, world);
  if (numbers.length === 0) throw new UsageError(`suppress ${action} takes numbers, or - for those on standard input`);
  const { phones, diagnostics } = await readNumbers(numbers, countryOf(invoked), world.terminal);
  if (diagnostics.length > 0) {
    const next = ['nothing was written down: mend the numbers, then run it again'];
    return findingsReport(diagnostics, new Map(), { next });
  }
  return change(action, phones, { invoked, path, world });
}

type Changing = { readonly invoked: Invocation; readonly path: string; readonly world: World };

async function change(
  action: 'add' | 'remove',
  phones: readonly E164[],
  { invoked, path, world }: Changing,
): Promise<Report> {
  const isNew = (await world.files.info(path)) === undefined;
  const store = await openList(action, path, world);
  const because = invoked.option(becauseOption);
  const note: OptOutNote = {
    atMs: world.clock.now(),
    by: personOf(world.env),
    ...(because === undefined ? {} : { because }),
  };
  try {
    const changed = new Set(
      await (action === 'add' ? store.addOptOuts(phones, note) : store.removeOptOuts(phones, note)),
    );
    const words = action === 'add' ? (['added', 'on_list'] as const) : (['removed', 'not_on_list'] as const);
    const show = invoked.option(showNumbersOption);
    const report: OptOutsChangedReport = {
      tool_version: version,
      store: shownPath(path, world.cwd),
      numbers: phones.map((phone) => ({
        phone: maskPhone(phone, { show }),
        change: words[changed.has(phone) ? 0 : 1],
      })),
      on_list: (await store.optOuts()).filter(({ removed }) => removed === undefined).length,
    };
    return {
      endings: ['done'],
      kind: 'opt_outs_changed',
      data: report,
      text: (view) => renderOptOutsChanged(report, view),
      next: [
        ...(isNew ? ['this store is new: if your campaigns run from another one, name that with --store'] : []),
        nextCommand('suppress', invoked, ['list']),
      ],
    };
  } finally {
    await store.close();
  }
}

/** A number may be written down before anything else is known; one can be taken off a list only where there is one. */
async function openList(action: 'add' | 'remove', path: string, world: World): Promise<Store> {
  if (action === 'add') return openSqlite(path, { ...world, create: true });
  if ((await world.files.info(path)) === undefined) {
    throw new Halt('invalid', `there is no store at ${shownPath(path, world.cwd)}`, [
      'name the store with --store or CALLPLAN_STORE',
    ]);
  }
  return openSqlite(path, { ...world, create: false });
}

async function list(invoked: Invocation, path: string, world: World): Promise<Report> {
  const [, ...more] = invoked.args;
  const given = [countryOption, becauseOption].filter((option) => invoked.option(option) !== undefined);
  if (more.length > 0 || given.length > 0) throw new UsageError('suppress list takes no numbers and shows all of them');
  const store = (await world.files.info(path)) === undefined ? undefined : await openSqliteToRead(path);
  try {
    const all = ((await store?.optOuts()) ?? []).map(listedOptOut);
    const report: OptOutsReport = {
      tool_version: version,
      store: shownPath(path, world.cwd),
      exists: store !== undefined,
      opt_outs: invoked.option(showNumbersOption) ? all : maskOptOuts(all),
    };
    return {
      endings: ['done'],
      kind: 'opt_outs',
      data: report,
      text: (view) => renderOptOuts(report, view),
      next: [nextCommand('suppress', invoked, ['add', '-'])],
    };
  } finally {
    await store?.close();
  }
}

function countryOf(invoked: Invocation): string | undefined {
  const country = invoked.option(countryOption);
  if (country === undefined || (/^[A-Z]{2}$/.test(country) && atlas.isCountry(country))) return country;
  throw new UsageError(`--country takes two capital letters (ISO 3166), such as NG; this is "${country}"`);
}

function unknownAction(word: string): UsageError {
  const meant = nearest(word, suppressActions);
  const hint = meant === undefined ? undefined : `Did you mean ${meant}?`;
  return new UsageError(`suppress takes one of ${suppressActions.join(', ')}; this is "${word}"`, hint);
}

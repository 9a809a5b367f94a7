/**
 * Calls of the address's other waves that an earlier run left open. Each holds its number, so a run that did not follow
 * them would wait for ever for the people they were made to. They are followed and looked up beside the calls of this wave;
 * nobody is dialled for them.
 */
import { countOf } from '../model/count-of.ts';
import { isTestWave } from '../model/test-wave.ts';
import type { Scope } from '../store/contract/lease.ts';
import { callWave } from './call-wave.ts';
import type { RunContext } from './context.ts';
import { recover } from './recover.ts';

/** Ends when all of them are settled, or when `over` aborts. */
export async function followOtherWaves(context: RunContext, over: AbortSignal): Promise<void> {
  const drain = AbortSignal.any([context.signals.drain, over]);
  const others = await openWaves(context);
  await Promise.all(
    others.map(async (scope) => {
      const beside: RunContext = {
        ...context,
        scope,
        options: { limit: 0, wait: true, unwatched: true },
        signals: { ...context.signals, drain },
        ...(context.heard === undefined ? {} : { heard: context.heard.branch() }),
        report: (news) => {
          if (news.kind === 'note') context.report(news);
        },
      };
      await recover(beside);
      await callWave(beside);
    }),
  );
}

async function openWaves({ store, scope, report }: RunContext): Promise<readonly Scope[]> {
  const open: Scope[] = [];
  for (const { wave, state } of await store.waveStates(scope.address)) {
    if (wave === scope.wave) continue;
    const left = await store.openAttempts(state.waveId, ['intent', 'in_doubt', 'accepted']);
    if (left.length === 0) continue;
    report({
      kind: 'note',
      text: `${isTestWave(wave) ? 'a test call' : `${countOf(left.length, 'call')} of wave ${wave}`} not over yet: followed as well`,
    });
    open.push({ ...scope, wave, waveId: state.waveId });
  }
  return open;
}

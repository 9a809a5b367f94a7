import type { WaveParent } from '../model/wave.ts';
import { cleanLine } from './clean.ts';
import { listed } from './words/quote.ts';

/** `no answer and busy of wave 2026-11-24`: what a wave repeats. */
export function parentWords({ wave, only }: Pick<WaveParent, 'wave'> & { readonly only: readonly string[] }): string {
  return `${onlyText(only)} of wave ${cleanLine(wave)}`;
}

/** `no answer and busy`. */
export function onlyText(only: readonly string[], last: 'and' | 'or' = 'and'): string {
  return listed(
    only.map((word) => word.replaceAll('_', ' ')),
    last,
  );
}

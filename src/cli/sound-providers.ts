import type { OwnProvider } from '../provider-kit/load-provider.ts';
import { Halt } from './halt.ts';
import type { Providers } from './providers.ts';

/** Those of modules, for commands that read no campaign which could show what is wrong. @throws Halt for the first that is wrong */
export function soundProviders({ own, broken }: Providers): readonly OwnProvider[] {
  const [first] = broken;
  if (first === undefined) return own;
  throw new Halt('invalid', `"${first.file}" is no provider: ${first.problem}`, ['callplan explain PROVIDER_MODULE']);
}

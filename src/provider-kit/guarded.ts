import { UnexpectedAnswer } from '../providers/contract.ts';
import type { Account, Provider } from '../providers/contract.ts';
import type { SandboxKind } from '../sandbox/registry.ts';
import { ProviderFault, saidBy } from './provider-fault.ts';
import { accountShape, lacks, membersOf, pullShape } from './shape.ts';
import type { Shape } from './shape.ts';

/**
 * A module's provider behind a guard: what its code throws becomes a ProviderFault, and where an answer is read an
 * UnexpectedAnswer, so that a call of which nothing can be read is in doubt as after any answer that is not understood.
 */
export function guarded(provider: Provider, file: string): Provider {
  const shown = `${provider.name} (${file})`;
  const watch = watcher(shown);
  return {
    ...provider,
    hasPlaceholder: (text, resource) => watch('hasPlaceholder', () => provider.hasPlaceholder(text, resource)),
    check: (blocks) => watch('check', () => provider.check(blocks)),
    open: (options) =>
      opened(
        watch('open', () => provider.open(options)),
        shown,
      ),
  };
}

function opened(account: unknown, provider: string): Account {
  const lacking = lacks(account, accountShape);
  if (lacking.length > 0) throw new ProviderFault(provider, 'open', `what it gives lacks ${lacking.join(', ')}`);
  const watched = wrapped(account, accountShape, { provider, path: '' });
  if (!isAccount(watched)) throw new ProviderFault(provider, 'open', 'it gives no account');
  return watched;
}

function isAccount(value: unknown): value is Account {
  return lacks(value, accountShape).length === 0;
}

/** The stand-in of a module behind the same guard. */
export function guardedSandbox(kind: SandboxKind, provider: string, file: string): SandboxKind {
  const watch = watcher(`${provider} (${file})`);
  return {
    basePath: kind.basePath,
    open: (options) => {
      const box = watch('sandbox.open', () => kind.open(options));
      return {
        http: async (request, signal) => {
          try {
            return await box.http(request, signal);
          } catch (error) {
            throw new ProviderFault(`${provider} (${file})`, 'sandbox.http', error);
          }
        },
        snapshot: () => watch('sandbox.snapshot', box.snapshot),
      };
    },
  };
}

type At = { readonly provider: string; readonly path: string };

/** The value with each function behind a guard; what the shape does not name is left out. */
function wrapped(value: unknown, shape: Shape, at: At, owner?: unknown): unknown {
  if (typeof shape === 'string' || 'reads' in shape) {
    return typeof value === 'function' ? guardedFunction(value, shape, at, owner) : value;
  }
  const members = membersOf(value);
  if ('optional' in shape) return value === undefined ? value : wrapped(value, shape.optional, at, owner);
  if ('can' in shape) return 'cannot' in members ? value : wrapped(value, shape.can, at, owner);
  const entries = Object.entries(shape.members)
    .filter(([name]) => members[name] !== undefined)
    .map(([name, member]) => {
      const path = at.path === '' ? name : `${at.path}.${name}`;
      return [name, wrapped(members[name], member, { ...at, path }, value)] as const;
    });
  return Object.fromEntries(entries);
}

function guardedFunction(run: Function, kind: Shape, { provider, path }: At, owner: unknown): Function {
  const watch = watcher(provider);
  return (...given: readonly unknown[]): unknown => {
    const call = (): unknown => Reflect.apply(run, owner, given);
    if (typeof kind === 'object' && 'reads' in kind) return read(call, kind.reads, path);
    if (kind === 'words') return saidOrNothing(call);
    const result = watch(path, call);
    if (kind === 'request') return requestOf(result, { provider, path });
    if (kind === 'instant') return instantOf(result, { provider, path });
    return kind === 'pulls' ? pullsOf(result, { provider, path }) : result;
  };
}

/** What an error says is for people: that nobody can read it must not hide what it proves. */
function saidOrNothing(call: () => unknown): string | undefined {
  try {
    const words = call();
    return typeof words === 'string' ? words : undefined;
  } catch {
    return undefined;
  }
}

function requestOf(result: unknown, { provider, path }: At): unknown {
  const { method, url } = membersOf(result);
  if (typeof method === 'string' && typeof url === 'string' && URL.canParse(url)) return result;
  throw new ProviderFault(provider, path, 'it gives no request {method, url}, or its url is none');
}

/** What comes out of a wrong sum is a number too, and a call that is due then is due never. */
function instantOf(result: unknown, { provider, path }: At): unknown {
  if (result === undefined || Number.isFinite(result)) return result;
  throw new ProviderFault(provider, path, 'it gives no instant in epoch milliseconds');
}

function pullsOf(result: unknown, { provider, path }: At): readonly unknown[] {
  const pulls: readonly unknown[] | undefined = Array.isArray(result) ? result : undefined;
  const lacking = pulls === undefined ? ['a list of pulls'] : pulls.flatMap((pull) => lacks(pull, pullShape, 'a pull'));
  if (pulls !== undefined && lacking.length === 0) {
    return pulls.map((pull) => wrapped(pull, pullShape, { provider, path: `${path}[]` }));
  }
  throw new ProviderFault(provider, path, `what it gives lacks ${lacking.join(', ')}`);
}

/** What the module's code makes of an answer. @throws UnexpectedAnswer where it cannot read it */
function read(call: () => unknown, shape: Shape | 'anything', path: string): unknown {
  const lacking = (value: unknown): readonly string[] =>
    shape === 'anything' ? [] : lacks(value, shape, 'what it gives');
  try {
    const value = call();
    if (lacking(value).length === 0) return value;
    throw new TypeError(`it lacks ${lacking(value).join(', ')}`);
  } catch (error) {
    if (error instanceof UnexpectedAnswer) throw error;
    throw new UnexpectedAnswer('an answer that the provider can read', `one at which ${path} threw ${saidBy(error)}`);
  }
}

function watcher(provider: string): <T>(where: string, call: () => T) => T {
  return (where, call) => {
    try {
      return call();
    } catch (error) {
      throw error instanceof ProviderFault ? error : new ProviderFault(provider, where, error);
    }
  };
}

import { isUntrusted } from '../model/untrusted-certificate.ts';
import { FileProblem } from '../ports.ts';
import type { FileProblemKind } from '../ports.ts';
import { ProviderFault } from '../provider-kit/provider-fault.ts';
import { UnexpectedAnswer } from '../providers/contract.ts';
import { KeptBack } from '../remote/guard.ts';
import { redact } from '../remote/redact.ts';
import { RemoteError } from '../remote/remote-error.ts';
import type { RemoteErrorKind } from '../remote/remote-error.ts';
import { LeaseLost, StoreFailure } from '../store/contract/failure.ts';
import type { StoreFailureKind } from '../store/contract/failure.ts';
import type { Ending } from './exit.ts';
import { Halt } from './halt.ts';
import { shownPath } from './shown-path.ts';
import { UsageError } from './usage-error.ts';

/** Why a command could not do its work, for people and for the exit code. */
export type Failure = {
  readonly ending: Ending;
  readonly message: string;
  /** What to do next. */
  readonly next: readonly string[];
};

/** What an error that ended a command means; undefined for one that nobody expected. */
export function failureOf(error: unknown, cwd: string): Failure | undefined {
  if (error instanceof UsageError) {
    const hint = error.hint === undefined ? '' : `. ${error.hint}`;
    return { ending: 'usage', message: error.message + hint, next: [] };
  }
  if (error instanceof Halt) return { ending: error.ending, message: error.message, next: error.next };
  if (error instanceof StoreFailure) return storeFailure(error, cwd);
  if (error instanceof FileProblem) return fileFailure(error, cwd);
  if (error instanceof RemoteError) return remoteFailure(error);
  if (error instanceof UnexpectedAnswer) {
    return { ending: 'environment', message: `the provider's answer: ${error.message}`, next: protocolNext };
  }
  if (error instanceof ProviderFault) {
    return { ending: 'environment', message: error.message, next: ['mend the module, then run the command again'] };
  }
  if (error instanceof LeaseLost) {
    return {
      ending: 'held',
      message: `${error.message} while this one was working; it stopped`,
      next: heldNext,
    };
  }
  return undefined;
}

/** The message of an error that nobody expected: what a report of it needs, without data of the campaign. */
export function bugMessage(error: unknown, versions: { readonly tool: string; readonly runtime: string }): string {
  const name = error instanceof Error ? error.name : typeof error;
  const said = error instanceof Error ? error.message : String(error);
  return `${name}: ${redact(said, [])}\n  callplan ${versions.tool}, ${versions.runtime}`;
}

const storeWords: Readonly<Record<StoreFailureKind, readonly [says: string, next: string]>> = {
  held: ['is in use by another process', 'wait until the other command has ended, or name another store with --store'],
  newer: ['was written by a newer callplan', 'update callplan, or name another store with --store'],
  older: [
    'was written by an older callplan',
    'run or apply the campaign, which brings it up to date; then repeat this',
  ],
  not_a_store: ['is not a store of callplan', 'name the right file with --store, or move this one away'],
  disk_full: ['cannot be written: the disk is full', 'make room and run the command again; nothing is half written'],
  read_only: ['cannot be written', 'check the permissions of the file and its folder, or name another with --store'],
  unreadable: ['cannot be read', 'check the permissions of the file and its folder, or name another with --store'],
  gone: [
    'is not in its place any more: it was deleted, moved or replaced while this command used it',
    'put it back before anything is run again; where it is lost, run asks the provider which calls were made',
  ],
  failed: ['failed', 'check the disk; run the command again once the store can be written'],
};

function storeFailure(error: StoreFailure, cwd: string): Failure {
  const [says, next] = storeWords[error.kind];
  const cause = error.kind === 'failed' && error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return {
    ending: error.kind === 'held' ? 'held' : 'environment',
    message: `the store ${shownPath(error.path, cwd)} ${says}${cause}`,
    next: [next],
  };
}

const fileWords: Readonly<Record<FileProblemKind, readonly [ending: Ending, says: string]>> = {
  missing: ['invalid', 'is not there'],
  not_a_file: ['invalid', 'is not a file'],
  unreadable: ['invalid', 'may not be read: check its permissions'],
  read_only: ['environment', 'may not be written: check its permissions and those of its folder'],
  disk_full: ['environment', 'cannot be written: the disk is full'],
  other: ['environment', 'could not be used'],
};

function fileFailure(error: FileProblem, cwd: string): Failure {
  const [ending, says] = fileWords[error.kind];
  const cause = error.kind === 'other' && error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return { ending, message: `${shownPath(error.path, cwd)} ${says}${cause}`, next: [] };
}

const protocolNext = [
  'check provider.base_url and call_url: something else than the API may answer there (a proxy, a login page)',
];

const remoteWords: Readonly<Record<RemoteErrorKind, readonly [ending: Ending, next: readonly string[]]>> = {
  unauthorized: ['environment', ['check the api_key of the provider block and what the account may do']],
  no_credential: ['environment', ['set it, then run the command again']],
  rejected: ['conflict', ['the provider refuses the request: compare the fields with its API page']],
  not_found: ['conflict', ['check provider.base_url, and the id if the file names one']],
  conflict: ['conflict', ['run the command again: the object changed in the meantime']],
  rate_limited: ['environment', ['wait a little, then run the command again']],
  unavailable: ['environment', ['check the network and provider.base_url, then run the command again']],
  protocol: ['environment', protocolNext],
  unknown_effect: ['unsettled', ['run callplan plan: it shows whether the change arrived']],
};

const untrustedNext = [
  'nobody whom this machine trusts has signed the certificate there: check provider.base_url; where a proxy of your own answers, name its authority in NODE_EXTRA_CA_CERTS',
];

const heldNext = ['callplan status shows who works on it now'];

/** What a failed request means. */
export function remoteFailure(error: RemoteError): Failure {
  if (error.cause instanceof KeptBack) return { ending: 'held', message: error.message, next: heldNext };
  const [ending, next] = remoteWords[error.kind];
  const code = causeCode(error.cause);
  const message = code === undefined ? error.message : `${error.message} (${code})`;
  return { ending, message, next: code !== undefined && isUntrusted(code) ? untrustedNext : next };
}

/** The system's own word, such as ECONNREFUSED, wherever it stands in the chain of causes. */
function causeCode(cause: unknown): string | undefined {
  if (!(cause instanceof Error)) return undefined;
  if ('code' in cause && typeof cause.code === 'string') return cause.code;
  return causeCode(cause.cause);
}

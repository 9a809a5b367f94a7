/**
 * The only doors to the world: clock, random, files, environment, terminal, network, processes.
 * The pure core takes values; the shell takes these. A rehearsal, a simulation and a test hand in others.
 */

/** Wall clock for due times and windows, monotonic clock for rates and waits. */
export interface Clock {
  /** Wall time, epoch milliseconds. May jump. */
  readonly now: () => number;
  /** Milliseconds since some fixed instant of this process. Never jumps, never goes back. */
  readonly monotonic: () => number;
  /** Resolves after `ms` of monotonic time, or at once when the signal aborts (it never rejects). */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

export interface Random {
  /** A float in [0, 1). */
  readonly next: () => number;
  /** `bytes` random bytes as lower-case hex. */
  readonly hex: (bytes: number) => string;
}

/** One HTTP request as it goes on the wire; headers in lower case. */
export type WireRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Asked in the moment in which the headers would leave, connecting over; false keeps them here, and it is `unsent`. */
  readonly maySend?: () => boolean;
};

/**
 * What became of a request. `unsent`: it failed before its headers left, so nothing can have happened.
 * `unanswered`: headers left (or may have) and no whole answer came; `status` if at least the status line did.
 * Redirects are never followed: a 3xx is `answered`. Headers in lower case.
 */
export type Exchange =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  | { readonly kind: 'unsent'; readonly cause: unknown }
  | { readonly kind: 'unanswered'; readonly status?: number; readonly cause: unknown };

/**
 * undici, a sandbox, the host guard and the read-only guard are all of this type. Never rejects.
 * When the signal aborts, the socket is reset and the exchange ends `unsent` or `unanswered`.
 */
export type Http = (request: WireRequest, signal: AbortSignal) => Promise<Exchange>;

/** Serves an `Http` (sandboxes, webhooks): on a loopback address, or on any where it knows how to bear strangers. */
export type Serve = (
  handler: Http,
  options: { readonly port: number; readonly host?: string; readonly strangers?: Strangers },
) => Promise<{
  readonly port: number;
  readonly url: string;
  readonly close: () => Promise<void>;
}>;

/** What a server that anybody may reach puts up with. */
export type Strangers = {
  /** Asked before a body is read; false is answered 404. */
  readonly mayAsk: (method: string, path: string) => boolean;
  /** Bytes; a longer body is answered 413. */
  readonly largestBody: number;
  /** How long a request may take to arrive, and a connection may say nothing. */
  readonly patienceMs: number;
  /** Connections at once; others are cut. */
  readonly mostConnections: number;
};

/** A file to be fetched with GET and kept under an absolute path, readable by the owner only. */
export type Download = {
  readonly url: string;
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly path: string;
  /** Bytes at most. */
  readonly limit: number;
};

/** What became of it. `problem` is for people and holds nothing of headers and body. */
export type Downloaded =
  | { readonly kind: 'saved'; readonly sha256: string }
  | { readonly kind: 'failed'; readonly problem: string };

export type FileInfo = {
  readonly kind: 'file' | 'folder' | 'other';
  readonly size: number;
  /** Another text once the file was written or replaced, even by one of the same size and time. */
  readonly version: string;
};

/** Files by path. Every failure is a FileProblem; nothing half-written is ever left under a final name. */
export interface Files {
  readonly info: (path: string) => Promise<FileInfo | undefined>;
  /** Whole file. @throws FileProblem */
  readonly read: (path: string) => Promise<Uint8Array>;
  /** Streamed chunks. @throws FileProblem */
  readonly stream: (path: string) => AsyncIterable<Uint8Array>;
  /** Names in a folder, sorted. @throws FileProblem */
  readonly list: (path: string) => Promise<readonly string[]>;
  /** Writes a temporary file beside it, syncs, renames. Makes folders. Default mode 0600. @throws FileProblem */
  readonly writeAtomically: (path: string, content: string | AsyncIterable<string>, mode?: number) => Promise<void>;
  /** Opens for appending (request logs), mode 0600. */
  readonly append: (path: string) => Promise<{
    readonly write: (text: string) => void;
    readonly close: () => Promise<void>;
  }>;
  readonly remove: (path: string) => Promise<void>;
}

export type FileProblemKind = 'missing' | 'not_a_file' | 'unreadable' | 'read_only' | 'disk_full' | 'other';

/** A failure of the disk; `kind` tells callers what to say. */
export class FileProblem extends Error {
  readonly kind: FileProblemKind;
  readonly path: string;
  constructor(kind: FileProblemKind, path: string, cause?: unknown) {
    super(`${kind}: ${path}`, { cause });
    this.name = 'FileProblem';
    this.kind = kind;
    this.path = path;
  }
}

export type Env = Readonly<Record<string, string | undefined>>;

/** What a person sees. stdout carries results, stderr progress and logs. */
export interface Terminal {
  readonly stdout: { readonly isTTY: boolean; readonly columns: number };
  readonly stderr: { readonly isTTY: boolean; readonly columns: number };
  /** True where stdin is a terminal, so that a question can be asked. */
  readonly canAsk: boolean;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Asks on stderr, answers one line; undefined at end of input or when the signal aborts. */
  readonly ask: (question: string, signal?: AbortSignal) => Promise<string | undefined>;
  /** The lines of stdin until it ends. */
  readonly lines: () => AsyncIterable<string>;
}

/** This process among others of its host; for leases. */
export interface Host {
  readonly hostname: string;
  /** What runs this process, for bug reports and manifests: `node 24.21.0, linux x64`. */
  readonly runtime: string;
  readonly pid: number;
  /** Something that differs between two processes that got the same pid (start time in ticks, boot id). */
  readonly started: string;
  /** False only if a process of this host with that pid and start is certainly gone. */
  readonly mayBeAlive: (pid: number, started: string) => boolean;
}

/** What tells a process to end. `unheard`: what it prints cannot be written any more, so nobody would see how it ends. */
export type Interruption = 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'unheard';

/** Interruptions by the person or the machine. `onInterrupt` is called each time one comes, until its answer is. */
export interface Signals {
  readonly onInterrupt: (listener: (how: Interruption) => void) => () => void;
}

/** Resolves when what was written to an open file is on the disk; rejects with the error of the system. */
export type SyncFile = (descriptor: number) => Promise<void>;

/** JavaScript modules that the command line lets in: their code runs with all rights of the program. */
export interface Modules {
  /** Where a path leads, links followed; undefined where nothing is. */
  readonly realPath: (path: string) => Promise<string | undefined>;
  /** Runs the module and gives its exports. Rejects with whatever it throws; may never end. */
  readonly load: (path: string) => Promise<Readonly<Record<string, unknown>>>;
}

/** All doors together; `bin.ts` makes the real one, tests make others. */
export type World = {
  readonly clock: Clock;
  readonly random: Random;
  readonly files: Files;
  readonly syncFile: SyncFile;
  readonly modules: Modules;
  readonly env: Env;
  readonly terminal: Terminal;
  readonly http: Http;
  /** Follows no redirect; replaces the file when all of it is there. Never rejects but for the disk. @throws FileProblem */
  readonly download: (file: Download) => Promise<Downloaded>;
  readonly serve: Serve;
  readonly host: Host;
  readonly signals: Signals;
  /** Working directory: relative paths of the command line start here. */
  readonly cwd: string;
  /** The commit that a folder's files are of; undefined outside a git checkout. */
  readonly git: (folder: string) => Promise<GitState | undefined>;
  /** A private folder that is gone after `remove`. */
  readonly scratch: () => Promise<{ readonly path: string; readonly remove: () => Promise<void> }>;
  /** A clock that starts at an instant (epoch ms) and jumps when everything waits, and files that hold it while they work. */
  readonly rehearsal: (startMs: number) => Pick<World, 'clock' | 'files'>;
};

/** A checkout: its commit, and whether tracked files differ from it. */
export type GitState = { readonly commit: string; readonly dirty: boolean };

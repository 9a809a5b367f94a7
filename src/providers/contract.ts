/**
 * What a provider is: a codec. It turns intents into requests and answers into values, and does no I/O. The core
 * sends, pages, authorises, classifies and redacts, so no provider can break the promise of design 6.1.
 * All functions are pure. An answer of an unexpected shape throws `UnexpectedAnswer`; nothing is guessed.
 */
import type { Attempt, Handle, Outcome, Reply } from '../model/attempt.ts';
import type { Sighting } from '../model/sighting.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { HttpRequest, Live, Mark } from '../model/plan.ts';
import type { RowReason } from '../model/recipient.ts';
import type { Fields, Scalars, Text } from '../model/value.ts';

/** A capability, or the reason why the provider has none. */
export type Can<T> = T | { readonly cannot: string };

/** Whether the provider can do it. */
export function isAble<T extends object>(capability: Can<T>): capability is T {
  return !('cannot' in capability);
}

/** An answer that does not look as the API's page says. `shape` says what was found, never values. */
export class UnexpectedAnswer extends Error {
  constructor(expected: string, shape: string) {
    super(`expected ${expected}, found ${shape}`);
    this.name = 'UnexpectedAnswer';
  }
}

/** One request and the reading of its 2xx answer (parsed JSON). */
export interface Operation<In, Out> {
  readonly request: (input: In) => HttpRequest;
  /** @throws UnexpectedAnswer */
  readonly answer: (body: unknown, input: In) => Out;
}

/** A listing in pages. */
export interface Pull<Item> {
  /** Words for messages and logs: "calls of batch …". Holds no number and no name. */
  readonly what: string;
  readonly request: (cursor?: string) => HttpRequest;
  /** @throws UnexpectedAnswer */
  readonly answer: (body: unknown, cursor?: string) => Page<Item>;
}

export type Page<Item> = {
  readonly items: readonly Item[];
  /** Ids of the listed objects: a listing is complete when their distinct count equals `total`, if there is one. */
  readonly ids: readonly string[];
  /** Where the API says it. */
  readonly total?: number;
  /** Where the API has no total: it says that nothing comes after this page. */
  readonly isLast?: true;
  readonly next?: string;
};

/** The resource as it shall be: fields in wire form (texts printed), and the mark. */
export type Desired = { readonly fields: Fields; readonly mark: Mark };

/** An object as it shall be. Without a mark ours is taken off; without fields nothing else changes. */
export type Wanted = {
  readonly id: string;
  /** As read. */
  readonly live: Live;
  readonly fields: Fields;
  readonly mark?: Mark;
};

/** A call to be placed. */
export type Call = {
  readonly resourceId: string;
  readonly phone: string;
  readonly reference: string;
  /** Only what a sent template uses. */
  readonly variables: Scalars;
  /** Rendered `call` options. */
  readonly options: Fields;
  /** The live resource with its texts rendered for this recipient, where the provider has `rendered` texts. */
  readonly resource?: Fields;
};

/** An attempt that is followed or looked up. */
export type OpenCall = Pick<Attempt, 'phone' | 'reference' | 'resourceId' | 'intentMs'> & {
  readonly handle?: Handle;
};

/** An object of its own that a resource points to. */
export type Part = {
  /** The field (dotted) that points to it. */
  readonly path: string;
  readonly id: string;
};

export interface ResourceCodec {
  /** Items that are not `whole` have id and mark as they are, but not all fields: those that matter are read one by one. */
  readonly list: Can<Pull<Live> & { readonly whole: boolean }>;
  readonly read: Operation<string, Live>;
  readonly create: Can<Operation<Desired, Live>>;
  /** The request may send the whole object. */
  readonly update: Operation<Wanted, Live>;
  /**
   * What declared fields hold after an update, as they are read: what is live below them and not here is gone then. Left
   * out: an update takes nothing away that is not declared.
   */
  readonly written?: (wanted: Wanted) => Fields;
  readonly remove: Can<Operation<string, void>>;
  /** Whether the object has room for the ownership mark; where it has none, only a store knows whose it is. */
  readonly marks: boolean;
  /**
   * What the provider has where a field is absent or null, by name: such values count as equal. A field that is
   * not here has no default: null and absent are alike, and differ from every other value.
   */
  readonly defaults: Fields;
  /** Fields (dotted) that cannot be updated: another object has to take the place of this one. */
  readonly fixed: readonly string[];
  /** Declared fields, texts printed, in the form in which live ones are read; left out where the API has one form only. */
  readonly asRead?: (declared: Fields) => Fields;
  /**
   * Fields (dotted, `*` for any position in a list) that are one value: what they hold and the file leaves out is a
   * difference. Left out: maps are compared member by member.
   */
  readonly whole?: readonly string[];
  /** Objects that several resources may point to; left out where a resource is one with all its fields. */
  readonly parts?: {
    /** Those that a resource points to, as a listing shows it. */
    readonly of: (fields: Fields) => readonly Part[];
    /** Those that an update changes, for whoever points to them. */
    readonly changedBy: (wanted: Wanted) => readonly Part[];
  };
  /** Text in the provider's placeholder syntax. `fields` are all declared fields (syntax may depend on them). */
  readonly print: (text: Text, fields: Fields) => string;
  /** The inverse of print: names found in a live text. */
  readonly parse: (text: string, fields: Fields) => Text;
  /** The names that the live object's texts ask for. */
  readonly placeholders: (live: Live) => readonly string[];
  /** What only a person can do in a dashboard, as sentences. */
  readonly byHand: (fields: Fields) => readonly string[];
}

export interface CallCodec {
  /** Recipients that one request can carry at most. */
  readonly batch: number;
  /** Placing requests a second, where the API's page limits them. */
  readonly perSecond?: number;
  /** Options that hold for a whole request: calls with equal values may share one. */
  readonly perRequest: readonly string[];
  /** Row reasons that only the provider knows (a rendered message that is too long). */
  readonly checkCall: (
    call: Omit<Call, 'resourceId' | 'reference'>,
    fields: Fields | undefined,
  ) => RowReason | undefined;
  /**
   * `resource` are the live resource's fields. The answer has one entry per call, in order;
   * an entry without a usable id is undefined.
   */
  readonly place: Operation<
    { readonly calls: readonly Call[]; readonly resource: Fields },
    readonly (Handle | undefined)[]
  >;
  readonly cancel: Can<Operation<Handle, void>>;
  /**
   * What was said in a call that is over, a line for each turn and who spoke in front; empty where nothing was taken down.
   * Left out: nobody knows of any.
   */
  readonly transcript?: Can<Operation<Handle, string>>;
  /**
   * When the provider shall dial (epoch ms), where rendered options can say it; undefined: at once. Gates are judged at that
   * instant, and follow-up counts from it.
   */
  readonly scheduledMs: (options: Fields) => number | undefined;
  /** Which call or batch an event of the provider's webhook is about; undefined: it does not say. */
  readonly event: Can<{ readonly about: (body: unknown) => Handle | undefined }>;
  /** The requests that tell how these calls stand; as few as the API allows. */
  readonly follow: (open: readonly OpenCall[]) => readonly Pull<Sighting>[];
  readonly lookUp: {
    /** Whether the API can list all calls of a resource. */
    readonly complete: boolean;
    /** How long after a dispatch a listing may lack it. */
    readonly settleMs: number;
    /** Listings in which these calls would show, if they had been placed. All must be complete for an absence. */
    readonly find: (doubt: readonly OpenCall[]) => readonly Pull<Sighting>[];
    /** Listings of all calls of a resource since a time (all, where the API cannot filter). */
    readonly wave: Can<(resourceId: string, sinceMs: number) => readonly Pull<Sighting>[]>;
  };
  /**
   * What a call's status says, as far as the API's page or the campaign names it, or anybody can guess. It decides
   * nothing but whether a person is asked what the status means.
   */
  readonly meaningOf: (status: string) => 'over' | 'under_way' | 'unknown';
  readonly followUp: { readonly everyMs: number; readonly forMs: number };
  /** Adds what the resource calls the chosen option; `resource` are the live resource's fields. */
  readonly labelReply: (reply: Reply, resource: Fields) => Reply;
}

/** An account of a provider, opened with the options of the campaign's provider block (secrets left out). */
export interface Account {
  /** Hosts (`host[:port]`, with scheme) that receive the credential. */
  readonly origins: readonly string[];
  readonly headers: (credential: string) => Readonly<Record<string, string>>;
  /** The error text of an answer's body, as the provider puts it; not yet redacted. */
  readonly explain: (body: unknown) => string | undefined;
  readonly resource: ResourceCodec;
  readonly calls: CallCodec;
}

/** What cannot be read off the codec. */
export type ProviderFacts = {
  /** "Intron Health voicebot". */
  readonly title: string;
  /** How names stand in the provider's texts: "[name]". */
  readonly placeholder: string;
  /** Where the reference goes with a call, and where it comes back. */
  readonly reference: string;
  /**
   * Signs in an answer, in the order in which they are looked at, and the outcome of each; `named`: as the campaign says
   * it, `open`: the call goes on.
   */
  readonly outcomes: readonly { readonly sign: string; readonly outcome: Outcome | 'named' | 'open' }[];
  /** Where a reply is read from, and what it becomes. */
  readonly replies: readonly { readonly sign: string; readonly becomes: string }[];
  /** The field that takes the URL at which events are heard: "workflow.call_back_url". */
  readonly webhook?: string;
  /** What no page says, and what callplan does about it; sentences. */
  readonly unknown: readonly string[];
};

export interface Provider {
  readonly name: string;
  /** workflow, agent or use_case: the campaign's key for the resource. */
  readonly noun: string;
  /** Key of the credential in the provider block. */
  readonly credential: string;
  /** JSON Schema ids of the provider's blocks, in schema/providers/<name>.schema.json. */
  readonly schema: string;
  /** Names that variables may not have: the provider or callplan fills them. */
  readonly reserved: readonly string[];
  /** Resource fields (dotted) whose templates are lowered. */
  readonly lowered: readonly string[];
  /** Resource fields (dotted) that are stored as written, rendered per recipient, and sent with each call. */
  readonly rendered: readonly string[];
  /** Members of answers, wherever they stand, that hold secrets: their values are taken out of whatever is said of an answer. */
  readonly secretMembers: readonly string[];
  /** For people: the docs and `callplan providers`. */
  readonly facts: ProviderFacts;
  /** Whether text or a value holds the provider's own placeholder syntax. */
  readonly hasPlaceholder: (text: string, resource: Fields) => boolean;
  /** Findings that only the provider knows; places are looked up by the caller from the dotted paths. */
  readonly check: (blocks: {
    readonly options: Fields;
    readonly resource: Fields | undefined;
    readonly call: readonly string[];
  }) => readonly { readonly path: string; readonly diagnostic: Diagnostic }[];
  readonly open: (options: Fields) => Account;
}

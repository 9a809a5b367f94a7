/**
 * What a JSON body must look like, as services of this make check it: members that nobody asked for are left out,
 * defaults are filled in, and everything that is wrong is said, each with its place.
 */
import { isObject, type JsonObject } from '../../model/json.ts';

/** One thing that is wrong: https://docs.voiceos.io/api-reference documents `loc`, `msg` and `type`; their words are invented. */
export type Issue = {
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly type: string;
};

/** Reads a value; what is wrong with it goes to `issues`, and then the value does not count. */
export type Shape = (value: unknown, at: Spot) => unknown;

export type Spot = { readonly loc: readonly (string | number)[]; readonly issues: Issue[] };

/** A member: its shape, and what it is where it is left out. Without a fallback it is required. */
export type Member = { readonly shape: Shape; readonly fallback?: unknown };

type Bounds = { readonly atLeast?: number; readonly atMost?: number; readonly whole?: boolean };

export function text({ atMost = Infinity }: { readonly atMost?: number } = {}): Shape {
  return (value, at) => {
    if (typeof value !== 'string') return wrong(at, 'str type expected', 'type_error.str');
    if (value.length <= atMost) return value;
    return wrong(at, `ensure this value has at most ${String(atMost)} characters`, 'value_error.any_str.max_length');
  };
}

export function oneOf(...known: readonly string[]): Shape {
  return (value, at) =>
    typeof value === 'string' && known.includes(value)
      ? value
      : wrong(at, `value is not a valid enumeration member; permitted: ${known.join(', ')}`, 'type_error.enum');
}

/** @param bounds inclusive: the page draws them as exclusive, and its words and the vendor's SDK say otherwise */
export function number({ atLeast = -Infinity, atMost = Infinity, whole = false }: Bounds = {}): Shape {
  return (value, at) => {
    if (typeof value !== 'number') return wrong(at, 'value is not a valid number', 'type_error.number');
    if (whole && !Number.isInteger(value)) return wrong(at, 'value is not a valid integer', 'type_error.integer');
    if (value < atLeast || value > atMost) {
      return wrong(at, `ensure this value is from ${String(atLeast)} to ${String(atMost)}`, 'value_error.number');
    }
    return value;
  };
}

export function truth(): Shape {
  return (value, at) =>
    typeof value === 'boolean' ? value : wrong(at, 'value could not be parsed to a boolean', 'type_error.bool');
}

export function nullable(shape: Shape): Shape {
  return (value, at) => (value === null ? null : shape(value, at));
}

export function list(of: Shape): Shape {
  return (value, at) => {
    if (!Array.isArray(value)) return wrong(at, 'value is not a valid list', 'type_error.list');
    return value.map((item: unknown, index) => of(item, below(at, index)));
  };
}

/** Any names. */
export function mapOf(of: Shape): Shape {
  return (value, at) => {
    if (!isObject(value)) return wrong(at, 'value is not a valid dict', 'type_error.dict');
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, of(member, below(at, name))]));
  };
}

export function anything(): Shape {
  return (value) => value;
}

export function object(members: Readonly<Record<string, Member>>): Shape {
  return (value, at) => {
    if (!isObject(value)) return wrong(at, 'value is not a valid dict', 'type_error.dict');
    return readMembers(value, members, at);
  };
}

/** A shape for each `provider`; one that is not known has no shape. */
export function byProvider(kinds: Readonly<Record<string, Readonly<Record<string, Member>>>>): Shape {
  return (value, at) => {
    if (!isObject(value)) return wrong(at, 'value is not a valid dict', 'type_error.dict');
    const { provider } = value;
    const members = typeof provider === 'string' && Object.hasOwn(kinds, provider) ? kinds[provider] : undefined;
    const known = Object.keys(kinds).join(', ');
    if (members === undefined) return wrong(below(at, 'provider'), `permitted: ${known}`, 'type_error.enum');
    return { provider, ...readMembers(value, members, at) };
  };
}

/** The members of a body that are there, and the defaults of those that are not. */
export function readMembers(
  body: JsonObject,
  members: Readonly<Record<string, Member>>,
  at: Spot,
): Readonly<Record<string, unknown>> {
  const read = Object.entries(members).map(([name, { shape, fallback }]) => {
    if (Object.hasOwn(body, name)) return [name, shape(body[name], below(at, name))] as const;
    if (fallback === undefined) wrong(below(at, name), 'field required', 'value_error.missing');
    return [name, fallback] as const;
  });
  return Object.fromEntries(read);
}

function below({ loc, issues }: Spot, step: string | number): Spot {
  return { loc: [...loc, step], issues };
}

function wrong({ loc, issues }: Spot, msg: string, type: string): undefined {
  issues.push({ loc, msg, type });
  return undefined;
}

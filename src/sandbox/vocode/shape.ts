/** What a body may hold, as data, and the checking of a body against it. */
import { isObject, type JsonObject } from '../../model/json.ts';

export type Shape =
  | { readonly kind: 'text' | 'uuid' | 'flag' | 'number' | 'whole' | 'phone' | 'any_map' }
  | { readonly kind: 'word'; readonly words: readonly string[] }
  | { readonly kind: 'list'; readonly of: Shape }
  /** From text to this. */
  | { readonly kind: 'map'; readonly of: Shape }
  | Members
  /** Told apart by `type`. */
  | { readonly kind: 'typed'; readonly types: Readonly<Record<string, Members>> }
  /** A uuid of an object that exists, or the object. */
  | { readonly kind: 'nested'; readonly of: Members | (Shape & { readonly kind: 'typed' }) };

export type Members = { readonly kind: 'members'; readonly members: Readonly<Record<string, Member>> };

export type Member = {
  readonly shape: Shape;
  readonly required?: true;
  readonly nullable?: true;
  /** What it is if left out; else null. */
  readonly fallback?: unknown;
};

/** One entry of an answer 422. */
export type Wrong = { readonly loc: readonly (string | number)[]; readonly msg: string; readonly type: string };

/** `partial`: the body of an update, in which all may be left out but `type`, and `{}` stands for what is left out. */
export type Reading = { readonly loc: Wrong['loc']; readonly partial: boolean };

/** All that is wrong with a value; nothing: none. */
export function wrongIn(value: unknown, shape: Shape, reading: Reading): readonly Wrong[] {
  const { loc } = reading;
  switch (shape.kind) {
    case 'list':
      if (!Array.isArray(value)) return [{ loc, msg: 'Input should be a valid list', type: 'list_type' }];
      return value.flatMap((item: unknown, at) => wrongIn(item, shape.of, { ...reading, loc: [...loc, at] }));
    case 'map':
      if (!isObject(value)) return [notAnObject(loc)];
      return Object.entries(value).flatMap(([name, member]) =>
        wrongIn(member, shape.of, { loc: [...loc, name], partial: false }),
      );
    case 'members':
      return isObject(value) ? wrongMembers(value, shape, reading) : [notAnObject(loc)];
    case 'typed': {
      if (!isObject(value)) return [notAnObject(loc)];
      const type = value['type'];
      const own = typeof type === 'string' && Object.hasOwn(shape.types, type) ? shape.types[type] : undefined;
      if (own !== undefined) return wrongMembers(value, own, reading);
      return [
        { loc: [...loc, 'type'], msg: `Input should be one of ${listed(shape.types)}`, type: 'union_tag_invalid' },
      ];
    }
    case 'nested':
      return typeof value === 'string' ? wrongIn(value, { kind: 'uuid' }, reading) : wrongIn(value, shape.of, reading);
    case 'word':
      if (typeof value === 'string' && shape.words.includes(value)) return [];
      return [{ loc, msg: `Input should be one of ${shape.words.join(', ')}`, type: 'enum' }];
    case 'text':
    case 'uuid':
    case 'flag':
    case 'number':
    case 'whole':
    case 'phone':
    case 'any_map': {
      const { test, msg, type } = plain[shape.kind];
      return test(value) ? [] : [{ loc, msg, type }];
    }
  }
}

/** The members of an object, with what is left out filled in; others are dropped, as nothing says otherwise. */
export function filled(value: JsonObject, shape: Members): JsonObject {
  const members = Object.entries(shape.members).map(([name, { fallback = null, shape: inner }]) => {
    const said = value[name];
    if (said === undefined) return [name, fallback];
    return [name, inner.kind === 'members' && isObject(said) ? filled(said, inner) : said];
  });
  return Object.fromEntries(members);
}

/** What an update says: members left out, or `{}`, are unchanged. */
export function given(value: JsonObject, shape: Members): JsonObject {
  const members = Object.entries(shape.members).flatMap(([name, { shape: inner }]) => {
    const said = value[name];
    if (said === undefined || isUndefined(said)) return [];
    return [[name, inner.kind === 'members' && isObject(said) ? filled(said, inner) : said] as const];
  });
  return Object.fromEntries(members);
}

function wrongMembers(value: JsonObject, { members }: Members, reading: Reading): readonly Wrong[] {
  return Object.entries(members).flatMap(([name, member]) => {
    const said = value[name];
    const loc = [...reading.loc, name];
    if (said === undefined || (reading.partial && isUndefined(said))) {
      const needed = member.required === true && (!reading.partial || name === 'type');
      return needed ? [{ loc, msg: 'Field required', type: 'missing' }] : [];
    }
    if (said === null && member.nullable === true) return [];
    // Nested objects of an update are partial too; the configuration of an action is not.
    const inner = member.shape.kind === 'nested' || member.shape.kind === 'list';
    return wrongIn(said, member.shape, { loc, partial: reading.partial && inner });
  });
}

function isUndefined(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length === 0;
}

function notAnObject(loc: Wrong['loc']): Wrong {
  return { loc, msg: 'Input should be an object', type: 'model_attributes_type' };
}

function listed(types: object): string {
  return Object.keys(types).join(', ');
}

const uuidForm = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

type Plain = { readonly test: (value: unknown) => boolean; readonly msg: string; readonly type: string };

const plain: Readonly<Record<'text' | 'uuid' | 'flag' | 'number' | 'whole' | 'phone' | 'any_map', Plain>> = {
  text: {
    test: (value) => typeof value === 'string',
    msg: 'Input should be a valid string',
    type: 'string_type',
  },
  uuid: {
    test: (value) => typeof value === 'string' && uuidForm.test(value),
    msg: 'Input should be a valid UUID',
    type: 'uuid_parsing',
  },
  flag: {
    test: (value) => typeof value === 'boolean',
    msg: 'Input should be a valid boolean',
    type: 'bool_type',
  },
  number: {
    test: (value) => typeof value === 'number',
    msg: 'Input should be a valid number',
    type: 'float_type',
  },
  whole: {
    test: (value) => Number.isSafeInteger(value),
    msg: 'Input should be a valid integer',
    type: 'int_type',
  },
  // Which numbers are refused is not documented.
  phone: {
    test: (value) => typeof value === 'string' && /^\+?\d{7,15}$/.test(value),
    msg: 'Input should be a valid phone number',
    type: 'value_error',
  },
  any_map: { test: isObject, msg: 'Input should be a valid dictionary', type: 'dict_type' },
};

/** Prompts, voices, actions and the like: objects on their own, that agents point to. */
import type { Faults } from '../faults.ts';
import type { Asked, Endpoint, Reply } from '../frame.ts';
import { isObject, type JsonObject } from '../../model/json.ts';
import { keep, type Account, type Kept } from './account.ts';
import { idOf, listing, ok, problem, quiet, unprocessable, withExtras } from './envelope.ts';
import { filled, given, wrongIn, type Members, type Shape, type Wrong } from './shape.ts';
import { kinds, type Kind } from './shapes.ts';

/** The endpoints of one kind. */
export function objectEndpoints(account: Account, faults: Faults, kind: Kind): Readonly<Record<string, Endpoint>> {
  const known = account.objects[kind];
  const shown = (object: Kept): object => withExtras(object, faults);
  return {
    [`GET /${kind}`]: quiet((asked) => withObject(account, kind, asked, (object) => ok(shown(object)))),
    [`GET /${kind}/list`]: quiet((asked) => listing(asked, [...known.values()], { faults, itemOf: shown })),
    [`POST /${kind}/create`]: quiet(({ body }) => {
      const made = create(account, kind, body, ['body']);
      return 'wrong' in made ? unprocessable(made.wrong) : ok(shown(made.object));
    }),
    [`POST /${kind}/update`]: quiet((asked) =>
      withObject(account, kind, asked, (object) => {
        const wrong = update(account, kind, { object, body: asked.body, loc: ['body'] });
        return wrong.length > 0 ? unprocessable(wrong) : ok(shown(known.get(object.id) ?? object));
      }),
    ),
  };
}

function withObject(account: Account, kind: Kind, asked: Asked, reply: (object: Kept) => Reply): Reply {
  const found = idOf(asked);
  if ('wrong' in found) return found.wrong;
  const object = account.objects[kind].get(found.id);
  return object === undefined ? problem(404, 'Not found') : reply(object);
}

/** Makes an object of its fields, or says what is wrong with them. */
export function create(
  account: Account,
  kind: Kind,
  body: unknown,
  loc: Wrong['loc'],
): { readonly object: Kept } | { readonly wrong: readonly Wrong[] } {
  const wrong = wrongIn(body, kinds[kind], { loc, partial: false });
  if (wrong.length > 0 || !isObject(body)) return { wrong };
  return { object: keep(account, kind, completed(account, kind, filled(body, membersOf(kinds[kind], body)))) };
}

/**
 * Changes what the body names. What becomes of an object whose `type` shall change is not documented: here that is
 * refused, as its other fields would mean nothing.
 */
export function update(
  account: Account,
  kind: Kind,
  { object, body, loc }: { readonly object: Kept; readonly body: unknown; readonly loc: Wrong['loc'] },
): readonly Wrong[] {
  const wrong = wrongIn(body, kinds[kind], { loc, partial: true });
  if (wrong.length > 0 || !isObject(body)) return wrong;
  if ('type' in object && body['type'] !== object['type']) {
    return [{ loc: [...loc, 'type'], msg: `Input should be ${String(object['type'])}`, type: 'literal_error' }];
  }
  const changed = { ...object, ...given(body, membersOf(kinds[kind], body)) };
  account.objects[kind].set(object.id, { ...changed, ...completed(account, kind, changed) });
  return [];
}

/** A prompt names its template by uuid, an external action gets a secret to sign with. */
function completed(account: Account, kind: Kind, fields: JsonObject): JsonObject {
  const { prompt_template: template, config, type } = fields;
  if (kind === 'prompts' && typeof template === 'string') {
    const madeUp = { id: template, user_id: account.userId, label: '', required_context_keys: [] };
    return { ...fields, prompt_template: madeUp };
  }
  if (type !== 'action_external' || !isObject(config) || typeof config['signature_secret'] === 'string') return fields;
  return { ...fields, config: { ...config, signature_secret: `signed-with-${account.newId()}` } };
}

function membersOf(shape: Members | (Shape & { readonly kind: 'typed' }), { type }: JsonObject): Members {
  if (shape.kind === 'members') return shape;
  return shape.types[String(type)] ?? { kind: 'members', members: {} };
}

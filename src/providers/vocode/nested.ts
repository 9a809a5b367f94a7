/**
 * Prompt, voice, actions and the like: Vocode keeps them apart from the agent. Where an agent is written each is given
 * as its uuid or as its fields; where one is read it comes expanded, or as a uuid in listings. Here a uuid is `{id}`, so
 * that both ways to say it compare.
 */
import { canonicalJson } from '../../model/digest.ts';
import { overlay } from '../../model/overlay.ts';
import { isFields, isList, isSecret, type Fields, type Value } from '../../model/value.ts';
import { memberOf } from '../../model/value-at.ts';
import type { Part } from '../contract.ts';

const single: readonly string[] = ['prompt', 'voice', 'webhook', 'vector_database', 'openai_account_connection'];

/** A prompt's template is such an object too. */
const inPrompt: readonly string[] = ['prompt_template'];

/** Maps that are one value: a member that is left out is gone. */
export const wholeFields: readonly string[] = ['deepgram_keywords', 'actions.*.config.input_schema'];
const wholeMembers: readonly string[] = ['deepgram_keywords', 'input_schema'];

/** The objects that an agent points to, in the form with `{id}`. */
export function partsOf(agent: Fields): readonly Part[] {
  return Object.entries(agent).flatMap(([path, value]) => {
    if (single.includes(path)) return partAt(path, value);
    if (path !== 'actions' || !isList(value)) return [];
    return value.flatMap((action, index) => partAt(`actions.${String(index)}`, action));
  });
}

function partAt(path: string, value: Value): readonly Part[] {
  const id = memberOf(value, 'id');
  return typeof id === 'string' ? [{ path, id }] : [];
}

/** Uuids as `{id}`. Changes nothing that is in this form already. */
export function expanded(agent: Fields): Fields {
  return mapNested(agent, (value) => (typeof value === 'string' ? { id: value } : value));
}

/** `{id}` alone as a uuid: the form in which agents are written. */
export function collapsed(agent: Fields): Fields {
  return mapNested(agent, uuidOf);
}

/**
 * Actions for an update. Those that are live already go by their id, so that they are certainly left alone; all others
 * go with all their fields. These may make an action, or change the one that stands in their place now: so what another
 * place says by its id must not stand there, and what an action of that type has besides goes along.
 */
export function updatedActions(declared: readonly Value[], live: Value | undefined): readonly Value[] {
  const now = live !== undefined && isList(live) ? live : [];
  const places = placesOf(declared, now);
  for (;;) {
    const clash = places.findIndex((at, own) => at !== undefined && at !== own && isTaken(places, at));
    if (clash === -1) break;
    places[clash] = undefined;
  }
  return declared.map((action, index) => {
    const at = places[index];
    return (at === undefined ? undefined : memberOf(now[at], 'id')) ?? overAction(uuidOf(action), now[index]);
  });
}

/** What the file leaves out of an action stays as it is. */
function overAction(action: Value, live: Value | undefined): Value {
  if (live === undefined || !isFields(live) || !isFields(action)) return action;
  if (memberOf(action, 'type') !== memberOf(live, 'type')) return action;
  const { id: _, ...members }: Fields = live;
  const said = Object.entries(members).filter(([, value]) => value !== null);
  return overlay(Object.fromEntries(said), action, wholeMembers);
}

/** Fields of an agent as they are read after an update of these; one that points to another object now is left out. */
export function readAfter(sent: Fields, live: Fields): Fields {
  const after = Object.entries(sent).flatMap(([name, value]): (readonly [string, Value])[] => {
    const now = live[name];
    if (name === 'actions' && isList(value)) return [[name, value.map((action, at) => actionAfter(action, at, now))]];
    if (!single.includes(name)) return [[name, value]];
    if (now === undefined || !isFields(now) || !isFields(value)) return [];
    return isFields(uuidOf(value)) ? [[name, overlay(now, value)]] : [];
  });
  return Object.fromEntries(after);
}

/** The id of the place, as it tells nothing that could be lost. */
function actionAfter(action: Value, at: number, live: Value | undefined): Value {
  const now = live !== undefined && isList(live) ? live : [];
  if (!isFields(action)) return now.find((one) => memberOf(one, 'id') === action) ?? action;
  return { id: memberOf(now[at], 'id') ?? null, ...action };
}

/** For each declared action the place of a live one that is as declared, its own place first; each is found once. */
function placesOf(declared: readonly Value[], live: readonly Value[]): (number | undefined)[] {
  const free = new Set(live.keys());
  return declared.map((action, index) => {
    const at = [index, ...free].find((place) => free.has(place) && isAlike(action, live[place]));
    if (at !== undefined) free.delete(at);
    return at;
  });
}

/** Whether an action goes to this place with its fields. */
function isTaken(places: readonly (number | undefined)[], at: number): boolean {
  return at < places.length && places[at] === undefined;
}

/** Whether live has all that is declared. A secret cannot be compared here: it always differs. */
export function isAlike(declared: Value, live: Value | undefined, fallback?: Value): boolean {
  if (isSecret(declared)) return false;
  if (isFields(declared)) {
    return Object.entries(declared).every(([name, value]) => {
      const member = memberOf(live, name);
      if (wholeMembers.includes(name)) return isSame(value, member);
      return isAlike(value, member, memberOf(fallback, name));
    });
  }
  if (!isList(declared)) return isSame(declared ?? fallback, live ?? fallback);
  const items = live ?? fallback ?? null;
  if (!isList(items) || items.length !== declared.length) return false;
  return declared.every((item, index) => isAlike(item, items[index]));
}

function isSame(one: Value | undefined, other: Value | undefined): boolean {
  return canonicalJson(one ?? null) === canonicalJson(other ?? null);
}

function mapNested(agent: Fields, change: (value: Value) => Value): Fields {
  const changed = Object.entries(agent).map(([name, value]): readonly [string, Value] => {
    if (name === 'actions' && isList(value)) return [name, value.map(change)];
    if (name === 'prompt' && isFields(value)) return [name, change(mapMembers(value, inPrompt, change))];
    return [name, single.includes(name) ? change(value) : value];
  });
  return Object.fromEntries(changed);
}

function mapMembers(fields: Fields, names: readonly string[], change: (value: Value) => Value): Fields {
  const changed = Object.entries(fields).map(([name, value]) => [name, names.includes(name) ? change(value) : value]);
  return Object.fromEntries(changed);
}

function uuidOf(value: Value): Value {
  if (!isFields(value)) return value;
  const fields: Fields = value;
  const { id } = fields;
  return id !== undefined && Object.keys(fields).length === 1 ? id : fields;
}

/**
 * Values that come back out of the store. They were typed when they went in and no one else writes here, so that a look
 * at what tells them apart is enough; anything else is a bug of ours.
 */
import { InternalError } from '../../model/internal-error.ts';
import type { AttemptEvent, AttemptState, Outcome } from '../../model/attempt.ts';
import type { SkipReason, Wait } from '../../model/standing.ts';
import { outcomes } from '../../model/attempt.ts';
import type { E164 } from '../../model/recipient.ts';
import type { Fields, Scalars } from '../../model/value.ts';
import type { Stop } from '../../model/stop.ts';
import type { Tally } from '../../model/tally.ts';
import type { ToldList } from '../../model/told-list.ts';
import type { Trip } from '../../model/trip.ts';
import type { Holder } from '../contract/lease.ts';
import type { Unfinished, WaveParent } from '../../model/wave.ts';

const waits: Readonly<Record<Wait, true>> = {
  new: true,
  window: true,
  not_before: true,
  start_at: true,
  retry: true,
  time_of_day: true,
  voided: true,
  person: true,
  phone_busy: true,
};

const skipReasons: Readonly<Record<SkipReason, true>> = {
  suppressed: true,
  opted_out: true,
  only_phones: true,
  not_before: true,
  start_at: true,
  not_after: true,
  end_at: true,
  expired: true,
  removed: true,
  zone_unknown: true,
  toll_free: true,
  no_window: true,
  attempts: true,
  cancelled: true,
  rerun: true,
};

const unfinishedStates: Readonly<Record<Unfinished['state'], true>> = {
  pending: true,
  intent: true,
  accepted: true,
  in_doubt: true,
};

const stateKinds: Readonly<Record<AttemptState['kind'], true>> = {
  intent: true,
  accepted: true,
  in_doubt: true,
  ended: true,
  rejected: true,
  unresolved: true,
  voided: true,
};

const eventKinds: Readonly<Record<AttemptEvent['kind'], true>> = {
  intended: true,
  accepted: true,
  refused: true,
  voided: true,
  doubted: true,
  restarted: true,
  not_seen: true,
  look_failed: true,
  seen: true,
  ended: true,
  gave_up: true,
  imported: true,
  settled: true,
};

const tripKinds: Readonly<Record<Trip['kind'], true>> = { alike: true, canary: true, stop_when: true, budget: true };

export function storedWait(text: string): Wait {
  return isKey(waits, text) ? text : broken('wait');
}

export function storedSkipReason(text: string): SkipReason {
  return isKey(skipReasons, text) ? text : broken('reason of a skip');
}

export function storedUnfinishedState(text: string): Unfinished['state'] {
  return isKey(unfinishedStates, text) ? text : broken('state of a recipient');
}

export function storedOutcome(text: string): Outcome {
  return outcomes.find((outcome) => outcome === text) ?? broken('outcome');
}

export function storedPhone(text: string): E164 {
  return isPhone(text) ? text : broken('phone');
}

export function storedState(json: string): AttemptState {
  return parsed(json, isState, 'state of an attempt');
}

export function storedEvent(json: string): AttemptEvent {
  return parsed(json, isEvent, 'event of an attempt');
}

export function storedFields(json: string): Fields {
  return parsed(json, isFields, 'fields');
}

export function storedScalars(json: string): Scalars {
  return parsed(json, isScalars, 'variables');
}

export function storedCells(json: string): Readonly<Record<string, string>> {
  return parsed(json, isCells, 'row');
}

export function storedHolder(json: string): Holder {
  return parsed(json, isHolder, 'holder');
}

export function storedTally(json: string): Tally {
  return parsed(json, isTally, 'tally');
}

export function storedTrip(json: string): Trip {
  return parsed(json, isTrip, 'reason why a wave stopped');
}

export function storedStop(json: string): Stop {
  return parsed(json, isStop, 'word that stops a wave');
}

export function storedParent(json: string): WaveParent {
  return parsed(json, isParent, 'parent of a wave');
}

export function storedToldList(json: string): ToldList {
  return parsed(json, isToldList, 'list');
}

export function storedTexts(json: string): readonly string[] {
  return parsed(json, isTexts, 'list of texts');
}

function parsed<T>(json: string, is: (value: unknown) => value is T, what: string): T {
  const value: unknown = JSON.parse(json);
  return is(value) ? value : broken(what);
}

function broken(what: string): never {
  throw new InternalError(`the store holds a ${what} of an unknown form`);
}

function isKey<K extends string>(table: Readonly<Record<K, true>>, text: string): text is K {
  return Object.hasOwn(table, text);
}

function isPhone(text: string): text is E164 {
  return text.startsWith('+');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isState(value: unknown): value is AttemptState {
  return isRecord(value) && typeof value['kind'] === 'string' && Object.hasOwn(stateKinds, value['kind']);
}

function isEvent(value: unknown): value is AttemptEvent {
  return isRecord(value) && typeof value['kind'] === 'string' && Object.hasOwn(eventKinds, value['kind']);
}

function isFields(value: unknown): value is Fields {
  return isRecord(value);
}

function isScalars(value: unknown): value is Scalars {
  return isRecord(value);
}

function isCells(value: unknown): value is Readonly<Record<string, string>> {
  return isRecord(value);
}

function isHolder(value: unknown): value is Holder {
  return isRecord(value) && typeof value['pid'] === 'number';
}

function isTally(value: unknown): value is Tally {
  return isRecord(value) && typeof value['calls'] === 'number' && Array.isArray(value['recent']);
}

function isTrip(value: unknown): value is Trip {
  return isRecord(value) && typeof value['kind'] === 'string' && Object.hasOwn(tripKinds, value['kind']);
}

function isStop(value: unknown): value is Stop {
  return isRecord(value) && (value['kind'] === 'paused' || value['kind'] === 'cancelled');
}

function isParent(value: unknown): value is WaveParent {
  return isRecord(value) && typeof value['wave'] === 'string' && isTexts(value['only']);
}

function isToldList(value: unknown): value is ToldList {
  return isRecord(value) && typeof value['digest'] === 'string' && Array.isArray(value['rejected']);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value);
}

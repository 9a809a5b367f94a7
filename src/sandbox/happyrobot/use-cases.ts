/** HappyRobot's use cases: pages usecases/get-use-case and usecases/update-use-case, read 2026-11-21. None can be made here. */
import type { Faults } from '../faults.ts';
import type { Asked, Reply } from '../frame.ts';
import { isObject, type JsonObject } from '../../model/json.ts';
import type { Account, UseCase } from './account.ts';
import { ok, problem, withExtras } from './answers.ts';
import { type Rule, any, anyText, flag, language, list, map, minutes, oneOf, text, wrongWith } from './rules.ts';

/** What a PATCH may hold: the fields that an answer has, but for ids. */
const rules: Readonly<Record<string, Rule>> = {
  name: text,
  transfer_number: anyText,
  extract_with_ai: list,
  classification_tags: list,
  language,
  detailed_work_hours: map,
  work_start: anyText,
  work_end: anyText,
  timezone: anyText,
  generic_after_hours_message: anyText,
  enable_detailed_work_hours: flag,
  keywords: list,
  params: map,
  amd: flag,
  amd_behavior: oneOf('Hangup', 'Continue'),
  amd_messages: map,
  sample_labels: list,
  hidden: flag,
  evaluation_models: list,
  max_duration_mins: minutes,
  recorded_message_inbound: flag,
  recorded_message_outbound: flag,
  show_original_caller_id: flag,
  disable_end_call_after_n_reminders: flag,
  model: anyText,
};

/** The newer generation has a list, the older one address. */
const newer: Readonly<Record<string, Rule>> = { ...rules, hooks: list };
const older: Readonly<Record<string, Rule>> = { ...rules, hook: any };

/** A use case as somebody made it in the dashboard; what one has from the start is not documented. */
export function newUseCase(id: string, organizationId: string, generation: 'newer' | 'older' = 'newer'): UseCase {
  return {
    id,
    organization_id: organizationId,
    name: 'Made in the dashboard',
    transfer_number: null,
    extract_with_ai: [],
    classification_tags: [],
    language: 'en-US',
    detailed_work_hours: {},
    work_start: null,
    work_end: null,
    timezone: null,
    generic_after_hours_message: null,
    enable_detailed_work_hours: false,
    keywords: [],
    ...(generation === 'newer' ? { hooks: [] } : { hook: null }),
    params: {},
    amd: true,
    amd_behavior: 'Hangup',
    amd_messages: {},
    sample_labels: [],
    hidden: false,
    evaluation_models: [],
    max_duration_mins: 10,
    recorded_message_inbound: false,
    recorded_message_outbound: false,
    show_original_caller_id: false,
    disable_end_call_after_n_reminders: false,
    model: 'Balanced',
  };
}

export function readUseCase({ useCases }: Account, faults: Faults, { params }: Asked): Reply {
  const useCase = useCases.get(params['id'] ?? '');
  return useCase === undefined ? problem(404, 'use case not found') : ok(withExtras(useCase, faults));
}

/** What it answers is not documented: the use case here. */
export function updateUseCase({ useCases }: Account, faults: Faults, { params, body }: Asked): Reply {
  const before = useCases.get(params['id'] ?? '');
  if (before === undefined) return problem(404, 'use case not found');
  if (!isObject(body)) return problem(400, 'the body is not an object');
  const known = 'hook' in before ? older : newer;
  const wrong = wrongWith(body, known);
  if (wrong !== undefined) return problem(400, wrong);
  const useCase = { ...before, ...kept(body, known, faults) };
  useCases.set(before.id, useCase);
  return ok(withExtras(useCase, faults));
}

/** Known fields of a body, but for those that the server drops. */
function kept(body: JsonObject, known: Readonly<Record<string, Rule>>, faults: Faults): JsonObject {
  const dropped = faults['drop-field'] ?? [];
  return Object.fromEntries(Object.entries(body).filter(([name]) => name in known && !dropped.includes(name)));
}

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printMark } from '../../src/model/mark.ts';
import type { Mark } from '../../src/model/plan.ts';
import type { Fields, Text } from '../../src/model/value.ts';
import { isAble, UnexpectedAnswer } from '../../src/providers/contract.ts';
import { intron } from '../../src/providers/intron/index.ts';

const { resource } = intron.open({});
const base = 'https://voicebot.intron.health/voicebot/v1';
const mark: Mark = { address: 'clinic-reminders/default', applied: '0123456789abcdef' };
const robocall: Fields = { workflow_type: 'ROBOCALL' };
const conversation: Fields = { workflow_type: 'CONVERSATION' };

/** As the page shows one. */
const sample = {
  id: '123e4567-e89b-12d3-a456-426614174000',
  name: 'Integrator Workflow',
  description: 'Workflow description V2',
  workflow_type: 'ROBOCALL',
  message: 'Hello [name], your appointment is scheduled for [date] at [time]',
  include_reply: false,
  option_one: null,
  option_two: null,
  call_back_url: 'https://integrator_call_back_url/:callback',
};

function envelope(data: unknown, status = 'Ok'): unknown {
  return { status, message: 'workflow retrieved successfully', data };
}

describe('placeholders', () => {
  const text: Text = ['Hello ', { variable: 'patient_name' }, ', this is ', { variable: 'clinic' }];

  test('are brackets in a robocall and braces in a conversation', () => {
    expect(resource.print(text, robocall)).toBe('Hello [patient_name], this is [clinic]');
    expect(resource.print(text, conversation)).toBe('Hello {{patient_name}}, this is {{clinic}}');
  });

  test('are brackets where no type is declared, as the page says', () => {
    expect(resource.print(text, {})).toBe('Hello [patient_name], this is [clinic]');
  });

  test.each([robocall, conversation])('are found again: parse undoes print (%j)', (fields) => {
    const name = fc.stringMatching(/^[^[\]{}]+$/);
    const words = fc.string({ minLength: 1 }).filter((plain) => !intron.hasPlaceholder(plain, fields));
    const parts = fc.array(
      fc.oneof(
        words,
        name.map((variable) => ({ variable })),
      ),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(parts.map(joined).filter(isPlain(fields)), (parsed) => {
        expect(resource.parse(resource.print(parsed, fields), fields)).toEqual(parsed);
      }),
    );
  });

  test.each([robocall, conversation])('of any text are kept: print undoes parse (%j)', (fields) => {
    const bits = fc.constantFrom('[', ']', '{', '}', '{{', '}}', '[name]', '{{ name }}', 'Hello', ' ');
    fc.assert(
      fc.property(
        fc.array(fc.oneof(bits, fc.string())).map((all) => all.join('')),
        (message) => {
          expect(resource.print(resource.parse(message, fields), fields)).toBe(message);
        },
      ),
    );
  });

  test('of the other type are only text', () => {
    expect(intron.hasPlaceholder('see [1]', robocall)).toBe(true);
    expect(intron.hasPlaceholder('see [1]', conversation)).toBe(false);
    expect(intron.hasPlaceholder('{{x}}', conversation)).toBe(true);
    expect(intron.hasPlaceholder('{{x}}', robocall)).toBe(false);
    expect(intron.hasPlaceholder('a [] and a {{}}', robocall)).toBe(false);
  });

  test('name what a live message asks for, each once, without blanks', () => {
    const fields = { ...conversation, message: '{{ name }}, {{date}}, {{name}}' };
    expect(resource.placeholders({ id: 'w', fields })).toEqual(['name', 'date']);
    expect(resource.placeholders({ id: 'w', fields: robocall })).toEqual([]);
  });
});

describe('a workflow', () => {
  test('is read as the page shows it, unmarked', () => {
    const { id, ...fields } = sample;
    expect(resource.read.answer(envelope(sample), id)).toEqual({ id, fields });
    expect(resource.read.request('a b')).toEqual({ method: 'GET', url: `${base}/workflows/a%20b` });
  });

  test('shows its description without the mark', () => {
    const marked = { ...sample, description: `Day before\n${printMark(mark)}` };
    expect(resource.read.answer(envelope(marked), sample.id)).toMatchObject({
      mark,
      fields: { description: 'Day before' },
    });
  });

  test('may have no description', () => {
    expect(
      resource.read.answer(envelope({ ...sample, description: null }), sample.id).fields['description'],
    ).toBeNull();
    expect(resource.read.answer(envelope({ id: 'w', name: 'Recall' }), 'w')).toEqual({
      id: 'w',
      fields: { name: 'Recall' },
    });
  });

  test('is read without what the page does not document', () => {
    const live = resource.read.answer(envelope({ ...sample, updated_at: '2026-11-21' }), sample.id);
    expect(Object.keys(live.fields)).not.toContain('updated_at');
  });

  test('is listed whole, as the list has no pages', () => {
    if (!isAble(resource.list)) throw new Error('Intron lists workflows');
    expect(resource.list.request()).toEqual({ method: 'GET', url: `${base}/workflows` });
    const page = resource.list.answer(envelope([sample, { ...sample, id: 'other' }]));
    expect(page).toMatchObject({ ids: [sample.id, 'other'], total: 2 });
    expect(page.next).toBeUndefined();
  });

  test('is created with what is declared and the mark as last line', () => {
    if (!isAble(resource.create)) throw new Error('Intron creates workflows');
    const fields = { name: 'Recall', workflow_type: 'ROBOCALL', message: 'Hello [name]' };
    expect(resource.create.request({ fields, mark })).toEqual({
      method: 'POST',
      url: `${base}/workflows`,
      body: { ...fields, description: printMark(mark) },
    });
    const described = { ...fields, description: 'Brakes' };
    expect(resource.create.request({ fields: described, mark }).body).toMatchObject({
      description: `Brakes\n${printMark(mark)}`,
    });
  });

  test('is updated whole: what is live, over it what is declared, and the options in any case', () => {
    const live = resource.read.answer(envelope({ ...sample, call_back_url: null }), sample.id);
    const { request } = resource.update;
    expect(request({ id: sample.id, live, fields: { message: 'Hello' }, mark })).toEqual({
      method: 'PUT',
      url: `${base}/workflows/${sample.id}`,
      body: {
        name: 'Integrator Workflow',
        description: `Workflow description V2\n${printMark(mark)}`,
        workflow_type: 'ROBOCALL',
        message: 'Hello',
        include_reply: false,
        option_one: null,
        option_two: null,
      },
    });
  });

  test('is removed, which answers an empty object', () => {
    if (!isAble(resource.remove)) throw new Error('Intron removes workflows');
    expect(resource.remove.request('w')).toEqual({ method: 'DELETE', url: `${base}/workflows/w` });
    expect(resource.remove.answer(envelope({}), 'w')).toBeUndefined();
  });

  test('that converses has to be activated by hand', () => {
    expect(resource.byHand(conversation)).toEqual([expect.stringContaining('ACTIVE')]);
    expect(resource.byHand(robocall)).toEqual([]);
  });
});

describe('an answer', () => {
  test.each(['Ok', 'ok', 'OK', 'success', 'Success'])('with status %s is one', (status) => {
    expect(resource.read.answer(envelope(sample, status), sample.id).id).toBe(sample.id);
  });

  test.each([
    ['another status', envelope(sample, 'error')],
    ['no envelope', [sample]],
    ['no status', { data: sample }],
    ['a list for an object', envelope([sample])],
    ['no id', envelope({ ...sample, id: '' })],
    ['a description that is no text', envelope({ ...sample, description: 5 })],
    ['a member that would be taken for a secret', envelope({ ...sample, name: { $secret: '${env.KEY}' } })],
    ['nothing', undefined],
  ])('with %s is unexpected', (_, body) => {
    expect(() => resource.read.answer(body, sample.id)).toThrow(UnexpectedAnswer);
  });

  test('that is unexpected is told by its shape, never by its values', () => {
    expect(() => resource.read.answer(envelope(['Ada', 'Ben']), sample.id)).toThrow('found a list of 2');
  });

  test.each([
    [{ status: 'error', message: 'workflow not found' }, 'workflow not found'],
    [{ detail: 'no such key' }, 'no such key'],
    [{ message: '' }, undefined],
    ['<html>', undefined],
  ])('%j is explained as %j', (body, text) => {
    expect(intron.open({}).explain(body)).toBe(text);
  });
});

/** Neighbouring strings are one. */
function joined(parts: Text): Text {
  return parts.reduce<Text>((joint, part) => {
    const last = joint.at(-1);
    if (typeof last !== 'string' || typeof part !== 'string') return [...joint, part];
    return [...joint.slice(0, -1), last + part];
  }, []);
}

/** Joining must not have made a placeholder. */
function isPlain(fields: Fields): (text: Text) => boolean {
  return (parts) => parts.every((part) => typeof part !== 'string' || !intron.hasPlaceholder(part, fields));
}

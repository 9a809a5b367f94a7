import { expect, test } from 'vitest';
import type { Change } from '../../src/model/plan.ts';
import type { Place } from '../../src/model/place.ts';
import { causeLegend, renderChanges } from '../../src/report/render-changes.ts';
import { viewWith } from '../../src/report/style.ts';

const plain = viewWith({ columns: 76, color: false });

function at(line: number): Place {
  return { file: 'campaigns/clinic-reminders/campaign.yaml', line, col: 3 };
}

const hello =
  'Hello [patient_name], this is Garki Hospital. Your appointment is on [date] at [time]. Press 1 to confirm, 2 to cancel.';

const changes: readonly Change[] = [
  { path: 'name', before: 'Clinic reminder', after: 'Clinic reminder (prod)', cause: 'config', at: at(9) },
  { path: 'message', before: hello, after: hello.replace('Garki', 'Wuse General'), cause: 'config', at: at(14) },
  {
    path: 'notes.before',
    before: 'one\ntwo\nthree\nfour\n',
    after: 'one\ntwo\n3\nfour\nfive\n',
    cause: 'both',
    at: at(15),
  },
  { path: 'greeting', before: 'Good morning from the clinic', after: 'Good morning  from the clinic', cause: 'drift' },
  {
    path: 'closing',
    before: hello,
    after: 'Something else entirely, of which not one single word was there before now.',
    cause: 'drift',
  },
  { path: 'option_one', after: 'Confirm', cause: 'config', at: at(20) },
  { path: 'include_reply', before: false, after: true, cause: 'drift', at: at(19) },
  { path: 'option_two', before: 'Cancel', cause: 'unknown' },
  {
    path: 'webhook.headers',
    before: { auth: 'x' },
    after: { auth: { $secret: '${env.HOOK_TOKEN}' }, list: [1, null] },
    cause: 'config',
    at: at(30),
  },
  { path: 'evil', before: 'a', after: '\u001B[31mred\u001B[0m\u0007', cause: 'config', at: at(31) },
];

test('shows each field with its cause and place, long texts by line and word', () => {
  expect(renderChanges(changes, plain).join('\n')).toMatchInlineSnapshot(`
    "~ name                                               config  campaign.yaml:9
          Clinic reminder {+(prod)+}
    ~ message                                           config  campaign.yaml:14
          Hello [patient_name], this is [-Garki-] {+Wuse General+} Hospital.
          Your appointment is on [date] at [time]. Press 1 to confirm, 2 to
          cancel.
    ~ notes.before                                        both  campaign.yaml:15
          …
          two
        - three
        + 3
          four
        + five

    ~ greeting                                                             drift
        - "Good morning from the clinic"
        + "Good morning  from the clinic"
    ~ closing                                                              drift
        - Hello [patient_name], this is Garki Hospital. Your appointment is on
        - [date] at [time]. Press 1 to confirm, 2 to cancel.
        + Something else entirely, of which not one single word was there before
        + now.
    + option_one: "Confirm"                                     campaign.yaml:20
    ~ include_reply: false → true                        drift  campaign.yaml:19
    - option_two: "Cancel"                                               unknown
    ~ webhook.headers                                   config  campaign.yaml:30
        - {auth: "x"}
        + {auth: ***, list: [1, null]}
    ~ evil: "a" → "red"                                 config  campaign.yaml:31"
  `);
});

test('shows fields that go away, texts before they are printed, and changes without a place', () => {
  const odd: readonly Change[] = [
    { path: 'message', before: 'one\ntwo\nthree', after: 'one', cause: 'drift' },
    { path: 'intro', before: 'gone\nquite', cause: 'config', at: at(3) },
    { path: 'text as it is lowered', after: { $text: ['Hello ', { variable: 'name' }] }, cause: 'config' },
    { path: 'empty', before: '', after: '', cause: 'unknown' },
    {
      path: 'first',
      before: 'a\nb\nc\nd',
      after: 'x\nb\nc\nd',
      cause: 'both',
      at: { ...at(3), file: 'campaign.yaml' },
    },
  ];
  expect(renderChanges(odd, plain).join('\n')).toMatchInlineSnapshot(`
    "~ message                                                              drift
          one
        - two
        - three
    - intro                                              config  campaign.yaml:3
        - gone
        - quite
    + text as it is lowered: ["Hello ","name"]
    ~ empty: "" → ""                                                     unknown
    ~ first                                                both  campaign.yaml:3
        - a
        + x
          b
          …"
  `);
});

test('keeps to the width of the terminal', () => {
  for (const columns of [60, 80, 100]) {
    const lines = renderChanges(changes, { ...plain, columns });
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
  }
});

test('colours what went and what came, across the lines of a marked stretch', () => {
  const [head, ...rest] = renderChanges(
    [
      {
        path: 'message',
        before: hello,
        after: hello.replace('Garki Hospital', 'the General Hospital of the whole of Wuse'),
        cause: 'config',
      },
    ],
    viewWith({ columns: 56, color: true }),
  );
  expect(head).toContain('\u001B[33m~\u001B[39m message');
  expect(rest.join('\n').replaceAll('\u001B', '␛')).toMatchInlineSnapshot(`
    "      Hello [patient_name], this is ␛[31m[-Garki Hospital.-]␛[39m
          ␛[32m{+the General Hospital of the whole of Wuse.+}␛[39m
          Your appointment is on [date] at [time]. Press
          1 to confirm, 2 to cancel."
  `);
});

test('says what the tags mean that occur', () => {
  expect(causeLegend(changes).map((line) => line.split(':')[0])).toEqual(['drift', 'both', 'unknown']);
  expect(causeLegend(changes.slice(0, 1))).toEqual([]);
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { FakeWorld } from '../support/world.ts';
import { workbookOf } from '../input/rows/workbook-of.ts';
import { edit, sandboxed, write } from './sandboxed.ts';
import type { Happening } from './sandboxed.ts';
import { transcript } from './transcript.ts';
import type { Step } from './transcript.ts';

const visit = '2026-11-25T10:30';

/** The clinic's lists as four wards keep them. */
function wards(address: string): readonly Happening[] {
  const header = ['Nr', 'First', 'Last', 'Phone', 'Visit', 'Consent'];
  return [
    write(
      'heart.xlsx',
      workbookOf({
        sheets: {
          Old: [['Nr']],
          Due: [
            header,
            ['H-1', 'Ada', 'Obi', '+2348030000101', visit, 'yes'],
            ['H-2', 'Efe', 'Uche', '+2348030000102', visit, 'no'],
            ['H-3', 'Simi', 'Ojo', { type: 'e', xml: '<v>#N/A</v>' }, visit, 'yes'],
          ],
        },
      }),
    ),
    write(
      'skin.json',
      JSON.stringify({
        data: {
          items: [
            {
              appointment_id: 'S-1',
              first_name: 'Uju',
              last_name: 'Eze',
              mobile: '+2348030000103',
              appointment: visit,
            },
            { appointment_id: 'S-2', first_name: { de: 'x' } },
          ],
        },
      }),
    ),
    async (world: FakeWorld) => {
      const database = new DatabaseSync(join(world.cwd, 'eyes.db'));
      database.exec(`create table due (appointment_id, first_name, last_name, mobile, appointment);
        insert into due values ('E-1', 'Ife', 'Ade', '+2348030000104', '${visit}');`);
      database.close();
    },
    write('due.sql', 'select * from due -- tomorrow\n'),
    edit(
      'campaign.yaml',
      '    - csv: recipients.csv\n',
      `    - xlsx: heart.xlsx
      sheet: Due
      map: {appointment_id: Nr, first_name: First, last_name: Last, mobile: Phone, appointment: "{{Visit}}"}
      only: {Consent: "yes"}
    - {json: skin.json, at: data.items}
    - {sql: eyes.db, query: {file: due.sql}}
    - tsv: ${address}/teeth?day=25
      headers: {authorization: "Bearer \${env.LIST_TOKEN}"}
`,
    ),
  ];
}

const teeth = `appointment_id\tfirst_name\tlast_name\tmobile\tappointment\nT-1\tEbo\tOni\t+2348030000105\t${visit}\n`;

/** A host of lists that wants a credential. */
async function lists(asked: string[]): Promise<AsyncDisposable & { readonly address: string }> {
  const server = createServer((request, response) => {
    asked.push(`${String(request.method)} ${String(request.url)}`);
    if (request.headers.authorization === 'Bearer sk-of-the-list') response.end(teeth);
    else response.writeHead(401).end();
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    [Symbol.asyncDispose]: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}

const env = { INTRON_API_KEY: 'sk-live-0f9a8b7c6d5e' };
const known = { ...env, LIST_TOKEN: 'sk-of-the-list' };

async function told(
  steps: readonly Step[],
  more: Record<string, string>,
): Promise<{ text: string; asked: readonly string[] }> {
  const asked: string[] = [];
  await using host = await lists(asked);
  const text = await transcript([...wards(host.address), ...steps], sandboxed('clinic', { env: more }));
  return { text: text.replaceAll(host.address, 'http://127.0.0.1:8080'), asked };
}

test('validate, preview and rehearse read what is on this machine, and say what they leave', async () => {
  const { text, asked } = await told([['validate'], ['preview', '.', '--limit', '1'], ['rehearse', '.']], env);
  expect(asked).toEqual([]);
  await expect(text).toMatchFileSnapshot('snapshots/sources-here.md');
});

test('plan and run read all sources, each once', async () => {
  const { text, asked } = await told([['plan'], ['run', '.', '--apply', '--approve', '10', '--limit', '2']], known);
  expect(asked).toEqual(['GET /teeth?day=25', 'GET /teeth?day=25']);
  await expect(text).toMatchFileSnapshot('snapshots/sources-all.md');
});

test('a credential that is not set, or not right, stops plan', async () => {
  expect((await told([['plan']], env)).text).toContain('LIST_TOKEN not set');
  const { text } = await told([['plan', '.', '--format', 'json']], { ...env, LIST_TOKEN: 'sk-of-another' });
  expect(text).toContain('it answers 401: the credential is refused');
  expect(text).not.toContain('sk-of-another');
});

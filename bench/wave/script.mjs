/**
 * The peer of a wave: a script of fetch, p-limit and csv-parse that makes the same requests as `callplan run` and
 * remembers nothing. Usage: script.mjs BASE_URL LIST CONCURRENCY
 */
import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import pLimit from 'p-limit';

const [base, list, concurrency] = process.argv.slice(2);
const headers = { authorization: 'Bearer made-up', 'content-type': 'application/json' };
const limit = pLimit(Number(concurrency));
const calls = [];
await json(`${base}/workflows`, { headers });
const made = await json(`${base}/workflows`, {
  method: 'POST',
  headers,
  body: JSON.stringify({ name: 'Recall', workflow_type: 'ROBOCALL', message: 'Hello [name]' }),
});
const workflow = made.data.id;
for await (const row of createReadStream(list).pipe(parse({ columns: true }))) calls.push(limit(() => call(row)));
const outcomes = await Promise.all(calls);
process.stdout.write(`${JSON.stringify({ done: outcomes.filter((status) => status === 'COMPLETED').length })}\n`);

async function call({ plate, phone, name }) {
  const entry = {
    phone_number: phone,
    user_tag_identifiers: { callplan_ref: `cp1.${plate}` },
    workflow_variables: { name },
  };
  const placed = await json(`${base}/call`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ workflow_id: workflow, workflow_params: [entry] }),
  });
  const listed = await json(
    `${base}/workflows/${workflow}/calls?page=1&per_page=100&batch_id=${placed.data.batch_id}`,
    {
      headers,
    },
  );
  return listed.data.items[0].status;
}

async function json(url, init) {
  const answer = await fetch(url, init);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

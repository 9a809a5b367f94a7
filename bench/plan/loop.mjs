/**
 * The peer of plan and apply: a bare undici loop that makes the same requests. Usage: loop.mjs BASE_URL plan|apply COUNT
 */
import { request } from 'undici';

const [base, what, count] = process.argv.slice(2);
const headers = { authorization: 'Bearer made-up', 'content-type': 'application/json' };
const atOnce = 8;

await json('GET', '/workflows');
if (what === 'apply') {
  await json('GET', '/workflows');
  let next = 0;
  const worker = async () => {
    while (next < Number(count)) {
      next += 1;
      const body = JSON.stringify({ name: `Recall ${next}`, workflow_type: 'ROBOCALL', message: 'Hello [name]' });
      const made = await json('POST', '/workflows', body);
      await json('GET', `/workflows/${made.data.id}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

async function json(method, path, body) {
  const answer = await request(`${base}${path}`, { method, headers, body });
  return answer.body.json();
}

/**
 * Loaded into the command before it starts (`node --import`): ends it by SIGKILL at an exact step of its n-th placing
 * request, as undici tells it: `create`, before anything is sent; `headers`, in the step that writes to the socket.
 */
import { subscribe } from 'node:diagnostics_channel';

const [step, nth = '1'] = (process.env['CALLPLAN_DIE_AT'] ?? '').split(':');
let seen = 0;

const channels: Readonly<Record<string, string>> = {
  create: 'undici:request:create',
  headers: 'undici:client:sendHeaders',
};

const name = channels[step ?? ''];
if (name !== undefined) {
  subscribe(name, (message) => {
    const { request } = message as { readonly request: { readonly method: string; readonly path: string } };
    if (request.method !== 'POST' || !request.path.endsWith('/call')) return;
    seen += 1;
    if (seen === Number(nth)) process.kill(process.pid, 'SIGKILL');
  });
}

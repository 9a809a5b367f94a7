import type { Http } from '../../src/ports.ts';

/** Servers that are not what they should be. */
export const answers = {
  /** A proxy's error page. */
  html: (): Http => () =>
    Promise.resolve({
      kind: 'answered',
      status: 200,
      headers: { 'content-type': 'text/html' },
      body: '<!doctype html><title>Welcome to the guest network</title>',
    }),
  redirect: (): Http => () =>
    Promise.resolve({
      kind: 'answered',
      status: 302,
      headers: { location: 'https://elsewhere.example/' },
      body: '',
    }),
  /** The connection breaks off amid the body. */
  cut: (): Http => () => Promise.resolve({ kind: 'unanswered', status: 200, cause: new Error('the body was cut') }),
  /** JSON of another shape than the page says. */
  lying: (): Http => () =>
    Promise.resolve({ kind: 'answered', status: 200, headers: {}, body: '{"status":"Ok","data":{"items":3}}' }),
  /** Headers never come; the connection stays open until the client gives up. */
  silent: (): Http => (_request, signal) =>
    new Promise((resolve) => {
      const give = (): void => resolve({ kind: 'unanswered', cause: signal.reason });
      if (signal.aborted) give();
      else signal.addEventListener('abort', give);
    }),
};

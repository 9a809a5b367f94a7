/**
 * A stand-in for HappyRobot's API at app.happyrobot.ai, written from its pages (dial/create-outbound-call,
 * dial/create-batched-outbound-calls, calls/list-calls, usecases/*; read 2026-11-21). What the pages leave open had to be
 * chosen, and stands where it is done: the bodies and statuses of answers that are no success, which values are refused,
 * how statuses follow each other, what GET /calls/{id}, PATCH and stop answer, how a search matches. Not there: scheduled
 * campaigns, numbers, and the posts to hooks.
 *
 * No request makes a use case. One is there from the start, by the id below, or the one that a campaign names.
 */
import type { Fields } from '../model/value.ts';
import type { Http } from '../ports.ts';
import type { UseCase } from './happyrobot/account.ts';
import { newAccount } from './happyrobot/account.ts';
import { problemBody } from './happyrobot/answers.ts';
import { callItem, listCalls, readCall, stopCall } from './happyrobot/calls.ts';
import { placeCall, placeCalls } from './happyrobot/place.ts';
import { readTranscript } from './happyrobot/transcript.ts';
import { newUseCase, readUseCase, updateUseCase } from './happyrobot/use-cases.ts';
import { sandboxHttp } from './frame.ts';
import type { Api, FrameOptions } from './frame.ts';
import { lives } from './life.ts';
import type { LifeScript } from './life.ts';
import { openLines } from './lines.ts';

/** Left out: no limit of requests, lives by `usualShares`, no faults, any key, no log, the standing use case. */
export type HappyrobotSandboxOptions = FrameOptions & {
  readonly life?: LifeScript;
  /** Length of every call; 0 ends calls at once. */
  readonly callMs?: number;
  /** A use case that is there from the start; of its fields only `hook` is looked at: it means the older generation. */
  readonly resource?: { readonly id: string; readonly fields: Fields };
};

/** What the sandbox holds, for tests, without any fault of listings but with the present status. */
export type HappyrobotSnapshot = {
  readonly resources: readonly UseCase[];
  readonly calls: readonly Readonly<Record<string, unknown>>[];
};

/** The use case that is always there. */
const standingId = '5a4db0000000000000000001';

export function happyrobotSandbox(options: HappyrobotSandboxOptions): {
  readonly http: Http;
  readonly snapshot: () => HappyrobotSnapshot;
} {
  const { clock, random, faults = {}, life = {}, callMs, resource } = options;
  const account = newAccount(clock, random);
  const id = resource?.id ?? standingId;
  const generation = resource !== undefined && 'hook' in resource.fields ? 'older' : 'newer';
  account.useCases.set(id, newUseCase(id, account.organizationId, generation));
  const lines = openLines(clock);
  const placing = { account, faults, random, lifeOf: lines.watch(lives(life, random, callMs)) };
  const api: Api = {
    callsPerSecond: 0,
    linesTaken: lines.taken,
    problem: problemBody,
    endpoints: {
      'POST /dial/outbound': { places: true, reply: (asked) => placeCall(placing, asked) },
      'POST /dial/outbound-batched': { places: true, reply: (asked) => placeCalls(placing, asked) },
      'GET /use-cases/:id': { places: false, reply: (asked) => readUseCase(account, faults, asked) },
      'PATCH /use-cases/:id': { places: false, reply: (asked) => updateUseCase(account, faults, asked) },
      'GET /calls': { places: false, reply: (asked) => listCalls(account, faults, asked) },
      'GET /calls/:id': { places: false, reply: (asked) => readCall(account, faults, asked) },
      'GET /calls/:id/transcript': { places: false, reply: (asked) => readTranscript(account, faults, asked) },
      'POST /calls/:id/stop': { places: false, reply: (asked) => stopCall(account, faults, asked) },
    },
  };
  return {
    http: sandboxHttp(api, options),
    snapshot: () => ({
      resources: [...account.useCases.values()],
      calls: account.calls.map((call) => ({ ...callItem(account, {}, call) })),
    }),
  };
}

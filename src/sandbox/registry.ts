import type { Http } from '../ports.ts';
import type { Fields } from '../model/value.ts';
import type { FrameOptions } from './frame.ts';
import { happyrobotSandbox } from './happyrobot.ts';
import { intronSandbox } from './intron.ts';
import type { LifeScript } from './life.ts';
import { vocodeSandbox } from './vocode.ts';
import { voiceosSandbox } from './voiceos.ts';

/** Left out: the provider's own pace, lives by `usualShares`, no faults, any key, no log, nothing there. */
export type SandboxOptions = FrameOptions & {
  readonly life?: LifeScript;
  /** Length of every call, ms; 0 ends calls at once. */
  readonly callMs?: number;
  /** An object that is there from the start, as a campaign declares it; what else it says, nobody knows. */
  readonly resource?: { readonly id: string; readonly fields: Fields };
};

/** A stand-in for a provider's API. */
export type Sandbox = {
  readonly http: Http;
  /** What it holds now. */
  readonly snapshot: () => { readonly resources: readonly unknown[]; readonly calls: readonly unknown[] };
};

export type SandboxKind = {
  readonly open: (options: SandboxOptions) => Sandbox;
  /** What stands behind the host in `base_url`. */
  readonly basePath: string;
};

/** By the provider that each stands in for. */
export const sandboxes: Readonly<Record<string, SandboxKind>> = {
  intron: { open: intronSandbox, basePath: '/voicebot/v1' },
  happyrobot: { open: happyrobotSandbox, basePath: '/api/v1' },
  voiceos: { open: voiceosSandbox, basePath: '' },
  vocode: { open: vocodeSandbox, basePath: '' },
};

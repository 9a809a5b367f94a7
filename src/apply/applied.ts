import type { InUse, LettingGo } from '../model/plan.ts';
import type { RemoteError, RemoteErrorKind } from '../remote/remote-error.ts';

/** What became of one action. */
export type Applied = { readonly address: string } & (
  | { readonly kind: 'created' | 'updated' | 'adopted'; readonly id: string }
  /** Another object took the place of this one, which was deleted, or forgotten: it stays, without our mark. */
  | {
      readonly kind: 'replaced';
      readonly id: string;
      readonly old: { readonly id: string; readonly how: LettingGo['how'] };
    }
  /** Nothing had to be written: it is as planned. */
  | { readonly kind: 'kept'; readonly id: string }
  /** Written, and read back otherwise: the provider dropped or changed these fields. */
  | { readonly kind: 'not_persisted'; readonly id: string; readonly paths: readonly string[] }
  /** The object is not what the action was planned for; nothing was written. */
  | { readonly kind: 'stale'; readonly why: 'changed' | 'gone' | 'appeared' | InUse['why'] }
  | {
      readonly kind: 'failed';
      readonly error: RemoteErrorKind;
      /** Redacted. */
      readonly message: string;
      /** The write may have worked: the next apply looks first. */
      readonly mayHaveHappened: boolean;
    }
  /** Left alone because of another action or the person. */
  | { readonly kind: 'not_tried'; readonly why: 'stale' | 'unauthorized' | 'interrupted' }
);

/** What a failure of the provider is as a result. */
export function failed(address: string, error: RemoteError): Applied {
  const mayHaveHappened = error.kind === 'unknown_effect';
  return { kind: 'failed', address, error: error.kind, message: error.message, mayHaveHappened };
}

/** What the results mean for the exit code: 8, 4 and 7, as cli/exit names them. */
export function endingsOf(results: readonly Applied[]): readonly ('environment' | 'conflict' | 'unsettled')[] {
  return results.flatMap((applied) => {
    switch (applied.kind) {
      case 'created':
      case 'updated':
      case 'adopted':
      case 'replaced':
      case 'kept':
      case 'not_tried':
        return [];
      case 'not_persisted':
        return ['unsettled'];
      case 'stale':
        return ['conflict'];
      case 'failed':
        return [applied.error === 'unauthorized' ? 'environment' : 'unsettled'];
    }
  });
}

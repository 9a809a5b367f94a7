import { RemoteError } from '../remote/remote-error.ts';

/** The one place where apply catches the provider's failures; everything else is not its to judge. */
export async function caught<Out>(request: Promise<Out>): Promise<Out | RemoteError> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof RemoteError) return error;
    throw error;
  }
}

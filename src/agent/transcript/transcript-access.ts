import { errorCode } from '../../session/error-code.js';
import { TranscriptError } from './transcript-error.js';

/** Runs one access to a path: null if nothing is there; any other refusal of the system is a `TranscriptError`. */
export async function unlessMissing<T>(
  path: string,
  access: (path: string) => Promise<T>,
): Promise<T | null> {
  try {
    return await access(path);
  } catch (error) {
    if (error instanceof TranscriptError) throw error;
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw code === null ? error : new TranscriptError({ path, message: code, cause: error });
  }
}

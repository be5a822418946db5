import { NotFoundError, OtherServerError, TmuxError } from 'tmux-js-bridge';
import { ProgramGoneError, RuntimeError } from './runtime-error.js';

/** Runs what speaks to tmux; its errors come as a `RuntimeError`, and any other as it is. */
export async function asRuntimeError<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof OtherServerError || error instanceof NotFoundError) {
      throw new ProgramGoneError('its pane is gone', { cause: error });
    }
    throw error instanceof TmuxError ? new RuntimeError(error.message, { cause: error }) : error;
  }
}

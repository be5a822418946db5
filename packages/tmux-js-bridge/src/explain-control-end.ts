import type { ControlProcessEnd } from './control-process.js';
import { NoServerError, NoSocketError } from './errors.js';
import { recogniseError } from './recognise-error.js';

/**
 * Why a control client ended before it was attached: no server answered, the server is not one to attach to, or
 * something is in the way that time alone won't mend, like a tmux before 3.2.
 */
export interface ControlRefusal {
  type: 'unreachable' | 'unwelcome' | 'refused';
}

/** Reads the end of a client that was never attached; `refusal` is what the server answered in error. */
export function explainControlEnd({
  stderr,
  cause,
  wasKilled,
  refusal,
}: ControlProcessEnd & { refusal: string }): ControlRefusal {
  if (wasKilled) return { type: 'unreachable' };
  if (cause !== undefined || refusal !== '') return { type: 'refused' };
  const error = recogniseError({ command: 'new-session', stderr, output: '', exitCode: 0 });
  if (error instanceof NoServerError || error instanceof NoSocketError) return { type: 'unreachable' };
  return { type: error ? 'refused' : 'unwelcome' };
}

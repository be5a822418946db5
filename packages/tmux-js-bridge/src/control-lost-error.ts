import { TmuxError } from './tmux-error.js';

/** The control connection ended before the answer came. It stays inside the bridge, which finds out what that means. */
export class ControlLostError extends TmuxError {}

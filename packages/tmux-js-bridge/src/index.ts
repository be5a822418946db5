export { defaultSocketPath } from './default-socket-path.js';
export {
  CommandTooLongError,
  InvalidArgumentError,
  NameTakenError,
  NoServerError,
  NoSocketError,
  NotFoundError,
  NotInstalledError,
  OtherServerError,
  RefusedError,
  TimedOutError,
  UnexpectedReplyError,
} from './errors.js';
export type { CaptureOptions, PaneScreen } from './capture-pane.js';
export type { SessionSpec } from './create-session.js';
export type { Hint } from './hint.js';
export type { PaneTarget } from './pane-target.js';
export type { Pane, PaneDetails } from './pane.js';
export type { PasteOptions } from './paste-text.js';
export type { ServerIdentity } from './server-identity.js';
export { TmuxError } from './tmux-error.js';
export { TmuxServer } from './tmux-server.js';
export type { CallOptions, CreatedSession, PaneListing, TmuxServerOptions } from './tmux-server.js';

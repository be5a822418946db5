export {
  LifecycleManager,
  DEFAULT_POLL_INTERVAL_MS,
  DEFAULT_PROBE_TIMEOUT_MS,
} from './streams/lifecycle-manager.js';
export type { LifecycleHandle, LifecycleManagerOptions, PassReport } from './streams/lifecycle-manager.js';
export { LifecycleStoppedError } from './streams/lifecycle-stopped-error.js';
export { dropOldest } from './streams/drop-oldest.js';
export type { DropOldestOptions } from './streams/drop-oldest.js';
export { EventIterator } from './streams/event-iterator.js';
export type { EventIteratorOptions } from './streams/event-iterator.js';
export { DEFAULT_BUFFER_CAPACITY } from './streams/lossy-buffer.js';
export type { Store } from './streams/loop.js';

export { SessionManager } from './src/store/session-manager.js';
export { resolveHome } from './src/store/home-layout.js';
export * from './src/store/errors.js';

export { TmuxRuntime } from './src/runtime/tmux.js';
export { ProcessRuntime } from './src/runtime/process.js';
export { defaultRuntimes } from './src/runtime/default-runtimes.js';
export * from './src/runtime/runtime-error.js';
export type { Finding } from './src/runtime/finding.js';
export type { Runtime, RuntimeView, Signs } from './src/runtime/runtime.js';
export type { FoundProgram, Program, SessionHost } from './src/runtime/session-host.js';

export { ScreenAgent } from './src/agent/screen.js';
export { ClaudeCodeAgent } from './src/agent/claude-code.js';
export { defaultAgents } from './src/agent/default-agents.js';
export type { ActivityReading, Agent } from './src/agent/agent.js';

export { adoptPrograms } from './src/control/adopt-programs.js';
export { attachCommand } from './src/control/attach-command.js';
export { diagnose } from './src/control/diagnose.js';
export { findSession } from './src/control/find-session.js';
export { InvalidRequestError } from './src/control/invalid-request-error.js';
export { killSession } from './src/control/kill-session.js';
export { prepareHome } from './src/control/prepare-home.js';
export { sendText } from './src/control/send-text.js';
export { spawnSession } from './src/control/spawn-session.js';
export type { AdoptOptions } from './src/control/adopt-programs.js';
export type { ControlContext } from './src/control/control-context.js';
export type { KillResult } from './src/control/kill-session.js';
export type { SpawnOptions } from './src/control/spawn-session.js';

export { systemClock } from './src/process/system-clock.js';
export { ACTIVITIES } from './src/session/activity.js';
export { EVENT_TYPES } from './src/session/event.js';
export { isId, parseSessionKey, sessionKey } from './src/session/session-key.js';
export { isRestorable, isTerminal, STATUSES } from './src/session/status.js';
export { messageOf } from './src/session/message-of.js';
export { transition } from './src/session/transition.js';
export type { Activity } from './src/session/activity.js';
export type { Clock } from './src/session/clock.js';
export type { EventBody, EventType, LifecycleEvent } from './src/session/event.js';
export type { Evidence } from './src/session/evidence.js';
export type { Exit, SessionExit } from './src/session/exit.js';
export type { Handle } from './src/session/handle.js';
export type { Liveness } from './src/session/liveness.js';
export type { Reading } from './src/session/reading.js';
export type { SessionKey } from './src/session/session-key.js';
export type { Session } from './src/session/session.js';
export type { Snapshot, UnreadableFile } from './src/session/snapshot.js';
export type { Status } from './src/session/status.js';
export type { Transition, TransitionContext } from './src/session/transition.js';

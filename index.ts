export {
  LifecycleManager,
  DEFAULT_POLL_INTERVAL_MS,
  DEFAULT_PROBE_TIMEOUT_MS,
} from './streams/lifecycle-manager.js';
export type { LifecycleHandle, LifecycleManagerOptions, PassReport } from './streams/lifecycle-manager.js';
export type { JournalEventsOptions } from './streams/lifecycle-manager.js';
export type { After } from './streams/journal-start.js';
export type { SnapshotLine } from './streams/snapshot-line.js';
export { HomeHeldError } from './streams/home-held-error.js';
export { NoJournalError } from './streams/no-journal-error.js';
export { LifecycleStoppedError } from './streams/lifecycle-stopped-error.js';
export { dropOldest } from './streams/drop-oldest.js';
export type { DropOldestOptions } from './streams/drop-oldest.js';
export { EventIterator } from './streams/event-iterator.js';
export type { EventIteratorOptions } from './streams/event-iterator.js';
export { DEFAULT_BUFFER_CAPACITY } from './streams/lossy-buffer.js';
export type { Store } from './streams/loop.js';

export { SessionManager } from './src/store/session-manager.js';
export type { SessionManagerOptions, WatchOptions } from './src/store/session-manager.js';
export { resolveHome } from './src/store/home-layout.js';
export type { HomeLayout, LockPurpose } from './src/store/home-layout.js';
export type { LockHolder } from './src/store/lock-holder.js';
export * from './src/store/errors.js';

export { CursorFile } from './src/journal/cursor-file.js';
export {
  EmptyCursorFileError,
  ExpiredCursorError,
  ForeignCursorFileError,
  InvalidCursorError,
  JournalError,
} from './src/journal/errors.js';
export { describeLease } from './src/lease/describe-lease.js';
export { readLease } from './src/lease/read-lease.js';
export type { LeaseState } from './src/lease/read-lease.js';

export { TmuxRuntime } from './src/runtime/tmux.js';
export type { TmuxRuntimeOptions } from './src/runtime/tmux.js';
export { ProcessRuntime } from './src/runtime/process.js';
export { defaultRuntimes } from './src/runtime/default-runtimes.js';
export * from './src/runtime/runtime-error.js';
export type { Runtime, RuntimeView, Signs, TerminalScreen } from './src/runtime/runtime.js';
export type { FoundProgram, Program, SessionHost } from './src/runtime/session-host.js';

export { ScreenAgent } from './src/agent/screen.js';
export type { ScreenAgentOptions } from './src/agent/screen.js';
export { ClaudeCodeAgent } from './src/agent/claude-code/claude-code.js';
export type { ClaudeCodeAgentOptions } from './src/agent/claude-code/claude-code.js';
export { defaultAgents } from './src/agent/default-agents.js';
export { loadDescribedAgents, readDescribedAgents } from './src/agent/described/described-agents.js';
export type { DescribedAgents, DescribedAgentsOptions } from './src/agent/described/described-agents.js';
export type { Agent } from './src/agent/agent.js';
export type { ActivityReading } from './src/agent/source/activity-reading.js';
export type { AgentOptions } from './src/agent/agent-options.js';
export type { AgentProcessLook } from './src/agent/agent-process-watch.js';
export type { HookNote, HookNotes } from './src/agent/hook-note.js';
export type { Source, SourceReading } from './src/agent/source/source-reading.js';
export type { WeighingRule } from './src/agent/source/weigh-sources.js';
export { TerminalAgent } from './src/agent/terminal-agent.js';
export type { AgentTraits } from './src/agent/terminal-agent.js';
export type { TuiRules } from './src/agent/tui/tui-rules.js';
export type { Dialog, DialogKind, DialogOption } from './src/agent/tui/dialog.js';

export { applyHookPlan } from './src/hook/apply-hook-plan.js';
export { diffLines } from './src/hook/diff-lines.js';
export { findOwnProgram } from './src/hook/find-own-program.js';
export type { OwnProgramOptions } from './src/hook/find-own-program.js';
export { HookFiles } from './src/hook/hook-files.js';
export { hookedAgents, NoHooksError, planHooks, readHookStatus } from './src/hook/plan-hooks.js';
export { SettingsError } from './src/hook/settings-error.js';
export type { HookPlan, HookPlanOptions, HookStatus } from './src/hook/plan-hooks.js';
export type { SettingsFile } from './src/hook/read-settings.js';
export type { StoredHookNote } from './src/hook/stored-hook-note.js';

export { adoptPrograms } from './src/control/adopt-programs.js';
export { attachCommand } from './src/control/attach-command.js';
export { explainSession } from './src/control/explain-session.js';
export { findSession } from './src/control/find-session.js';
export { InvalidRequestError } from './src/control/invalid-request-error.js';
export { killSession } from './src/control/kill-session.js';
export { prepareHome } from './src/control/prepare-home.js';
export { pruneSessions } from './src/control/prune-sessions.js';
export { answerDialog, readDialog } from './src/control/answer-dialog.js';
export type { AnswerResult, DialogReport } from './src/control/answer-dialog.js';
export { sendText } from './src/control/send-text.js';
export type { SendOptions, SendResult } from './src/control/send-text.js';
export { spawnSession } from './src/control/spawn-session.js';
export type { AdoptOptions } from './src/control/adopt-programs.js';
export type { ControlContext } from './src/control/control-context.js';
export type { Explanation } from './src/control/explain-session.js';
export type { KillResult } from './src/control/kill-session.js';
export type { PruneOptions } from './src/control/prune-sessions.js';
export type { SpawnOptions } from './src/control/spawn-session.js';

export { diagnose } from './src/doctor/diagnose.js';
export type { DiagnoseOptions } from './src/doctor/diagnose.js';

export { systemClock } from './src/process/system-clock.js';
export type { KnownProcess } from './src/process/check-process.js';
export { ACTIVITIES } from './src/session/activity.js';
export { EVENT_TYPES } from './src/session/event.js';
export { jsonSchema, SCHEMA_NAMES } from './src/session/json-schemas.js';
export type { SchemaName } from './src/session/json-schemas.js';
export { eventSchema, findingSchema, lineSchema, recordSchema } from './src/session/published-schema.js';
export { formatCursor, parseCursor } from './src/session/place.js';
export type { Place } from './src/session/place.js';
export { isId, parseSessionKey, sessionKey } from './src/session/session-key.js';
export { isRestorable, isTerminal, STATUSES } from './src/session/status.js';
export { errorCode } from './src/session/error-code.js';
export { messageOf } from './src/session/message-of.js';
export { transition } from './src/session/transition.js';
export { TRANSITION_RULES } from './src/session/transition-rule.js';
export type { Activity } from './src/session/activity.js';
export type { AwakeTime, Clock } from './src/session/clock.js';
export type { EventBody, EventType, LifecycleEvent } from './src/session/event.js';
export type { Evidence } from './src/session/evidence.js';
export type { Exit, SessionExit } from './src/session/exit.js';
export type { Finding } from './src/session/finding.js';
export type { Handle } from './src/session/handle.js';
export type { IdleClock } from './src/session/idle-clock.js';
export type { Liveness } from './src/session/liveness.js';
export type { FoundAgent, Reading } from './src/session/reading.js';
export type { SessionKey } from './src/session/session-key.js';
export type { AgentProcess, Session } from './src/session/session.js';
export type { Snapshot, UnreadableFile } from './src/session/snapshot.js';
export type { Status } from './src/session/status.js';
export type { TransitionRule } from './src/session/transition-rule.js';
export type { Transition, TransitionContext } from './src/session/transition.js';

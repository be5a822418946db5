import type { Activity } from '../session/activity.js';
import type { HookInput } from './hook-input.js';
import type { HookTable } from './hook-table.js';

/** The tools that ask a person something: they run until there is an answer. */
const ASKING_TOOLS: ReadonlySet<string | null> = new Set(['AskUserQuestion', 'ExitPlanMode']);

/** The notifications that say that a person is wanted. */
const ASKING_NOTIFICATIONS: ReadonlySet<string | null> = new Set([
  ...['permission_prompt', 'worker_permission_prompt', 'elicitation_dialog', 'elicitation_url_dialog'],
]);

/** The failures after which nothing goes on until a person logs in. */
const LOGIN_FAILURES: ReadonlySet<string | null> = new Set([
  ...['authentication_failed', 'oauth_org_not_allowed', 'verification_required', 'cloud_credential_error'],
]);

const SETTLED: ReadonlySet<Activity | null> = new Set<Activity>([
  'ready',
  'idle',
  'blocked',
  'waiting_input',
]);

/** How the agent says when a quota ends: "resets 3pm", "try again at 15:00". */
const ENDS_AT = /\b(resets?|until|again (at|in))\b.*\d/i;

/**
 * The events of Claude Code 2.1.332, as it was run; the names are also in its reference (code.claude.com/docs/en/hooks).
 * None says that a permission was granted: the next event does. None comes when a person interrupts.
 */
export const CLAUDE_HOOKS: HookTable = {
  SessionStart: ({ cause }) => (cause === 'compact' ? 'nothing' : 'ready'),
  UserPromptSubmit: 'active',
  PreToolUse: ({ tool }) => (ASKING_TOOLS.has(tool) ? 'waiting_input' : 'active'),
  PermissionRequest: 'waiting_input',
  PostToolUse: 'active',
  PostToolUseFailure: ({ isInterrupted }) => (isInterrupted ? 'ready' : 'active'),
  Elicitation: 'waiting_input',
  ElicitationResult: 'active',
  SubagentStart: 'active',
  SubagentStop: 'active',
  PreCompact: 'active',
  // One that was not asked for comes in the middle of a turn, which goes on.
  PostCompact: ({ cause }) => (cause === 'manual' ? 'ready' : 'active'),
  Notification: ({ notification }, before) => {
    if (ASKING_NOTIFICATIONS.has(notification)) return 'waiting_input';
    // It comes 60 s after a turn has ended, also one that was interrupted; a question that is open stays one, and a rest
    // that is known began earlier.
    if (notification === 'idle_prompt') return SETTLED.has(before?.activity ?? null) ? 'nothing' : 'idle';
    return 'nothing';
  },
  Stop: ({ atWork }, before) => {
    const asking = before?.activity === 'waiting_input' ? before.subagent : null;
    if (asking !== null && atWork.includes(asking)) return 'nothing';
    return atWork.length > 0 ? 'active' : 'ready';
  },
  StopFailure: judgeFailure,
  SessionEnd: 'silence',
};

/** What a turn that an API error ended leaves: rest, unless nothing goes on before a quota ends or a person logs in. */
export function judgeFailure({ failure }: HookInput): 'ready' | 'blocked' {
  if (LOGIN_FAILURES.has(failure?.kind ?? null)) return 'blocked';
  return failure?.kind === 'rate_limit' && ENDS_AT.test(failure.text) ? 'blocked' : 'ready';
}

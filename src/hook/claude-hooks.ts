import type { HookTable } from './hook-table.js';

/** The tools that ask a person something: they run until there is an answer. */
const ASKING_TOOLS: ReadonlySet<string | null> = new Set(['AskUserQuestion', 'ExitPlanMode']);

/**
 * The events of Claude Code, by its hooks reference (code.claude.com/docs/en/hooks). None says how a permission was
 * decided: the next event does. None comes when a person interrupts: the transcript tells that.
 */
export const CLAUDE_HOOKS: HookTable = {
  SessionStart: ({ cause }) => (cause === 'compact' ? 'nothing' : 'ready'),
  UserPromptSubmit: 'active',
  PreToolUse: ({ tool }) => (ASKING_TOOLS.has(tool) ? 'waiting_input' : 'active'),
  PermissionRequest: 'waiting_input',
  PostToolUse: 'active',
  Notification: ({ notification }, before) => {
    if (notification === 'permission_prompt' || notification === 'elicitation_dialog') return 'waiting_input';
    // It comes 60 s after a turn has ended, also one that was interrupted; a question that is open stays one.
    if (notification === 'idle_prompt') return before === 'waiting_input' ? 'nothing' : 'ready';
    return 'nothing';
  },
  Stop: 'ready',
  SessionEnd: 'silence',
};

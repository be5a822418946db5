import type { HookTable } from './hook-table.js';

/** The events of Codex, by its hooks reference (developers.openai.com/codex/hooks); it runs them once they are trusted. */
export const CODEX_HOOKS: HookTable = {
  SessionStart: ({ cause }) => (cause === 'compact' ? 'nothing' : 'ready'),
  UserPromptSubmit: 'active',
  PreToolUse: 'active',
  PermissionRequest: 'waiting_input',
  PostToolUse: 'active',
  Stop: 'ready',
};

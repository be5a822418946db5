import { CLAUDE_HOOKS } from './claude-hooks.js';
import { CODEX_HOOKS } from './codex-hooks.js';
import { GEMINI_HOOKS } from './gemini-hooks.js';
import type { HookTable } from './hook-table.js';

/** The agents whose hooks are understood, by the name that records have in `agent`. */
export const HOOK_TABLES: Readonly<Record<string, HookTable>> = {
  'claude-code': CLAUDE_HOOKS,
  codex: CODEX_HOOKS,
  gemini: GEMINI_HOOKS,
};

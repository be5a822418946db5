import type { HookTable } from './hook-table.js';

/** The events of Gemini CLI, by its hooks reference (geminicli.com/docs/hooks/reference). */
export const GEMINI_HOOKS: HookTable = {
  SessionStart: 'ready',
  BeforeAgent: 'active',
  BeforeTool: 'active',
  AfterTool: 'active',
  Notification: ({ notification }) => (notification === 'ToolPermission' ? 'waiting_input' : 'nothing'),
  AfterAgent: 'ready',
  SessionEnd: 'silence',
};

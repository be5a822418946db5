import type { TuiRules } from '../tui/tui-rules.js';

/** How Claude Code's screen looks; read off versions 2.1.197 and 2.1.332. */
export const CLAUDE_TUI: TuiRules = {
  composer: {
    line: /^❯(?:[ \u00a0](?<text>.*))?$/,
    continuation: /^ {2}(?<text>\S.*)$/,
    paste: /\[Pasted text #\d+( \+\d+ lines?)?\]/,
    isFramed: true,
  },
  working: [/\besc to interrupt\b/],
  composerMeansRest: true,
  marker: '❯',
  dialogs: [
    {
      kind: 'trust',
      when: /Is this a project you (created or )?trust|Do you trust the files|I trust this folder/i,
    },
    { kind: 'plan', when: /Would you like to proceed\?|Claude has written up a plan/i },
    { kind: 'permission', when: /Do you want to |This command requires approval/i },
  ],
  typing: {
    enterGuardMs: 60,
    commands: [
      { when: /^\//, what: 'runs a command of Claude Code' },
      { when: /^!/, what: 'runs a shell command' },
      { when: /^#/, what: 'saves a memory' },
      { when: /(^|\s)@\S/, what: 'opens the picker for files' },
    ],
    refused: [
      { when: /\t/, why: 'Claude Code replaces a tab by spaces' },
      { when: /\\$/, why: 'Claude Code takes a backslash at the end, with Enter, for a new line' },
    ],
  },
};

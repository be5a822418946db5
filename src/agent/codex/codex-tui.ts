import type { TuiRules } from '../tui/tui-rules.js';

/** How Codex's screen looks; read off version 0.171. Text is streamed without a sign of work but in the title. */
export const CODEX_TUI: TuiRules = {
  composer: {
    line: /^›(?: (?<text>.*))?$/,
    continuation: /^ {2}(?<text>\S.*)$/,
    placeholder: /^Ask Codex to do anything$/,
    paste: /\[Pasted Content \d+ chars\]/,
  },
  working: [/\besc to interrupt\b/],
  composerMeansRest: false,
  marker: '›❯▌',
  dialogs: [
    { kind: 'trust', when: /Trust this folder|Do you trust the contents of this directory/i },
    { kind: 'plan', when: /Implement this plan/i },
    { kind: 'permission', when: /^Would you like to |^Allow /i, begins: /^Would you like to |^Allow /i },
  ],
  title: { active: /^[⠀-⣿] /, waiting: /^\[ [!.] \] Action Required/ },
  typing: {
    enterGuardMs: 150,
    commands: [
      { when: /^\//, what: 'runs a command of Codex' },
      { when: /^!/, what: 'runs a shell command' },
      { when: /(^|\s)@\S/, what: 'opens the picker for files' },
    ],
  },
};

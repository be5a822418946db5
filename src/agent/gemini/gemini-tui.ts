import type { TuiRules } from '../tui/tui-rules.js';

/**
 * How Gemini CLI's screen looks; read off version 0.61. Its dynamic window title begins with its state
 * (packages/cli/src/utils/windowTitle.ts).
 */
export const GEMINI_TUI: TuiRules = {
  composer: {
    line: /^\s*[>!*] +(?<text>.*)$/,
    continuation: /^ {3,}(?<text>\S.*)$/,
    placeholder: /^Type your message/,
    paste: /\[Pasted Text: \d+ lines\]/,
  },
  working: [/\(esc to cancel\b/],
  composerMeansRest: true,
  marker: '●',
  dialogs: [
    { kind: 'trust', when: /Do you trust/i },
    { kind: 'login', when: /How would you like to authenticate|Enter Gemini API Key/i },
    { kind: 'permission', when: /Allow once|Apply this change|Allow execution/i },
  ],
  title: { active: /^[✦⏲]/, waiting: /^✋/, ready: /^◇/, outdatedBy: /^ℹ Request cancelled\.$/ },
  typing: {
    enterGuardMs: 100,
    refused: [{ when: /\\$/, why: 'Gemini takes a backslash at the end, with Enter, for a new line' }],
    commands: [
      { when: /^\//, what: 'runs a command of Gemini' },
      { when: /^!/, what: 'turns on shell mode' },
      { when: /(^|\s)@\S/, what: 'reads files into the prompt' },
    ],
  },
};

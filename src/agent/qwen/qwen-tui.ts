import type { TuiRules } from '../tui/tui-rules.js';

/**
 * How Qwen Code's screen looks; read off version 0.24.4. Its window's title begins with `◐` while it works and with `✳`
 * while it asks; at rest it has no sign, and the box tells.
 */
export const QWEN_TUI: TuiRules = {
  composer: {
    line: /^\s?[>!*](?: +(?<text>.*))?$/,
    continuation: /^ {2,}(?<text>\S.*)$/,
    placeholder: /^[>!*]? *Type your message or @path/,
    paste: /\[Pasted Content \d+ chars\](?: #\d+)?/,
    isFramed: true,
  },
  working: [/\([^()]*\besc to cancel\)$/],
  composerMeansRest: true,
  marker: '›',
  dialogs: [
    { kind: 'trust', when: /Do you trust/i },
    { kind: 'login', when: /authenticat|API key|Select .*provider/i },
    {
      kind: 'permission',
      when: /^(Yes, )?allow once|Allow execution of|Apply this change|Do you want to proceed/i,
    },
    { kind: 'plan', when: /\bplan\b.*\?$|keep planning/i },
    { kind: 'picker', when: /^Select (model|theme)/i },
  ],
  footer: [/^\s*\S Waiting for user confirmation/],
  title: { active: /^◐/, waiting: /^✳/ },
  typing: {
    enterGuardMs: 150,
    refused: [{ when: /\\$/, why: 'Qwen Code takes a backslash at the end, with Enter, for a new line' }],
    commands: [
      { when: /^\//, what: 'runs a command of Qwen Code' },
      { when: /^!/, what: 'turns on shell mode' },
      { when: /(^|\s)@\S/, what: 'reads files into the prompt' },
    ],
  },
};

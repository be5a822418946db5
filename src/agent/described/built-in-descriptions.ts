import type { AgentDescription } from './agent-description.js';

/** Continue's `cn`; read off version 1.5.47. */
const CONTINUE: AgentDescription = {
  programs: ['cn', '@continuedev/cli'],
  composer: {
    line: '^\\s*● ▋?(?<text>.*)$',
    continuation: '^ {3,}(?<text>\\S.*)$',
    placeholder: '^▋?Ask anything, @ for context',
    isFramed: true,
    rowsBelow: 4,
  },
  working: ['esc to interrupt'],
  writesWithoutSign: true,
  marker: '>',
  dialogs: [{ kind: 'permission', when: 'Would you like to continue\\?' }],
  footer: ['Continue CLI$', '^\\s*[~/]\\S*( ⊦.*)?$'],
  typing: {
    enterGuardMs: 150,
    commands: [
      { when: '^/', what: 'runs a command of Continue' },
      { when: '^!', what: 'runs a shell command' },
      { when: '(^|\\s)@\\S', what: 'opens the picker for files' },
    ],
  },
};

/** Cline's command; read off version 3.0.65. The sign of work scrolls away with a long answer. */
const CLINE: AgentDescription = {
  programs: ['cline'],
  composer: {
    line: '^\\s*❯ (?<text>.*)$',
    continuation: '^ {2,}(?<text>\\S.*)$',
    placeholder: '^(Ask anything\\.\\.\\.|What can I do for you\\?)$',
    isFramed: true,
  },
  working: ['^ ?[⠁-⣿] \\S', '\\(esc to cancel\\)'],
  writesWithoutSign: true,
  keyDialogs: [
    {
      kind: 'permission',
      when: 'Approve tool call\\?',
      keys: '\\[y\\] Approve\\s+\\[n\\] Deny',
      options: [
        { key: 'y', label: 'Approve' },
        { key: 'n', label: 'Deny' },
      ],
    },
  ],
  typing: {
    enterGuardMs: 150,
    commands: [
      { when: '^/', what: 'runs a command of Cline' },
      { when: '(^|\\s)@\\S', what: 'opens the picker for files' },
    ],
  },
};

/** The agents that come with the package and are no more than described. */
export const BUILT_IN_DESCRIPTIONS: Readonly<Record<string, AgentDescription>> = {
  cline: CLINE,
  continue: CONTINUE,
};

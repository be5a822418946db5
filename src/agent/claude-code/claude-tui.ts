import { readClaudeComposer, readClaudeDialog, readClaudeKeys } from './claude-screen.js';
import type { TuiRules } from '../tui/tui-rules.js';

/** How Claude Code's screen looks; read off versions 2.1.197 and 2.1.332. */
export const CLAUDE_TUI: TuiRules = {
  composer: { line: /^❯/ },
  readComposer: readClaudeComposer,
  working: [
    /\besc to interrupt\b/,
    // "✻ Thinking… (3s · ↓ 20 tokens)", which stands there only while it works: "✻ Brewed for 3s" does not.
    /^[·✢✳✶✻✽] \S.*(…|· retrying in \d)/,
    /^ {2}⎿ {2}Queued · /,
  ],
  // A draft takes the place of the hint at the interrupt.
  composerMeansRest: 'empty',
  marker: '❯',
  dialogs: [
    { kind: 'trust', when: /\bI trust this folder\b|Do you trust the files in this folder/i },
    {
      kind: 'login',
      when: /^Do you want to use this API key\?|^Select login method|^Paste code here|^Log ?in /i,
    },
    { kind: 'plan', when: /^Exit plan mode\?|wants to exit plan mode|^Claude has written up a plan/i },
    { kind: 'permission', when: /^Do you want to |^This command requires approval/i },
    { kind: 'question', when: /^Review your answers$|^Ready to submit your answers\?/i },
    { kind: 'quota', when: /\b(hit|reached) your (usage |session |weekly )?limit\b/i },
    {
      kind: 'picker',
      when: /^(Select model|Resume session|Rewind|Settings {2}|Choose the text style|Theme$)/i,
    },
    { kind: 'notice', when: /^Make auto mode your default/i },
  ],
  readDialog: readClaudeDialog,
  readKeys: readClaudeKeys,
  footer: [/^ {2}↓ \d+ more$/, /^ {2}[◐○●◉] \S+ effort\b/],
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

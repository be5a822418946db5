import type { Dialog, DialogOption } from '../../src/agent/tui/dialog.js';
import { meaningOf } from '../../src/agent/tui/dialog.js';
import { chooseOption } from '../../src/control/answer-dialog.js';

const aDialog = (labels: string[], more: Partial<Dialog> = {}): Dialog => ({
  kind: 'permission',
  question: 'Do you want to proceed?',
  options: labels.map((label, index): DialogOption => ({
    ...{ label, number: index + 1, meaning: meaningOf(label), key: null },
  })),
  highlighted: 0,
  input: 'choice',
  layout: 'column',
  ...more,
});

const CLAUDE = ['Yes', "Yes, and don't ask again for: ls", 'Yes, and switch to auto mode', 'No'];
const CODEX = [
  'Yes, proceed (y)',
  "Yes, and don't ask again for ls (p)",
  'No, and tell Codex what to do differently (esc)',
];
const TRUST = ['No, exit', 'Yes, I trust this folder'];
const GEMINI = ['Allow once', 'Allow for this session', 'No, suggest changes (esc)'];
const OPENCODE = ['Allow once', 'Allow always', 'Reject'];

describe('chooseOption', () => {
  it.each([
    [CLAUDE, 'yes', 0],
    [CLAUDE, 'no', 3],
    [CLAUDE, '2', 1],
    [CODEX, 'yes', 0],
    [CODEX, 'always', 1],
    [CODEX, 'no', 2],
    [TRUST, 'yes', 1],
    [TRUST, 'no', 0],
    [GEMINI, 'always', 1],
    [GEMINI, 'no', 2],
    [OPENCODE, 'yes', 0],
    [OPENCODE, 'always', 1],
    [OPENCODE, 'no', 2],
    [OPENCODE, 'reject', 2],
    [OPENCODE, 'REJ', 2],
  ])('of %j takes %j for option %i', (labels, answer, index) => {
    expect(chooseOption(aDialog(labels), answer)).toEqual({ type: 'option', index, text: null });
  });

  it.each([
    [CLAUDE, 'always', 'more than one option of this dialog means always: choose by number or by its words'],
    [CLAUDE, '9', 'no option of this dialog has the number 9'],
    [CLAUDE, 'maybe', 'no option of this dialog reads "maybe"'],
    [['Red', 'Blue'], 'yes', 'no option of this dialog means yes'],
    [
      OPENCODE,
      'allow',
      'more than one option of this dialog reads "allow": choose by number or by its words',
    ],
  ])('of %j takes %j for none', (labels, answer, why) => {
    expect(chooseOption(aDialog(labels), answer)).toEqual({ type: 'none', why });
  });

  it('gives a text to the option that asks for one, in a question alone', () => {
    const labels = ['Red', 'Blue', 'Type something'];
    const question = aDialog(labels, { kind: 'question' });
    expect(chooseOption(question, 'green')).toEqual({ type: 'option', index: 2, text: 'green' });
    expect(chooseOption(question, 'red')).toEqual({ type: 'option', index: 0, text: null });
    expect(chooseOption(aDialog(labels), 'green')).toMatchObject({ type: 'none' });
  });

  it('gives a text to a dialog that takes nothing else', () => {
    expect(chooseOption(aDialog([], { input: 'text' }), '  a key ')).toEqual({
      type: 'option',
      index: 0,
      text: 'a key',
    });
  });
});

import { OPENCODE_PARTS } from '../../../src/agent/opencode/opencode-parts.js';
import { foldLines } from '../fold-lines.js';

const part = (type: string, fields: object = {}): string =>
  JSON.stringify({ type, _role: 'assistant', _ts: Date.parse('2026-03-01T12:00:00Z'), ...fields });
const PROMPT = part('text', { text: 'Do it.', _role: 'user' });
const STEP = part('step-start');
const finish = (reason: string): string => part('step-finish', { reason });
const tool = (status: string, name = 'bash'): string => part('tool', { tool: name, state: { status } });

const judge = (...lines: string[]) => OPENCODE_PARTS.judge(foldLines(OPENCODE_PARTS, lines), { quietMs: 0 });

describe('the parts of an opencode session', () => {
  it.each([
    ['a prompt', [PROMPT], 'active'],
    ['a step', [PROMPT, STEP], 'active'],
    ['a tool that runs', [PROMPT, STEP, tool('running')], 'active'],
    ['a question by a tool', [PROMPT, STEP, tool('running', 'question')], 'waiting_input'],
    ['its answer', [PROMPT, STEP, tool('completed', 'question')], 'active'],
    ['a step before the next', [PROMPT, STEP, tool('completed'), finish('tool-calls')], 'active'],
    ['the last step', [PROMPT, STEP, part('text', { text: 'Done.' }), finish('stop')], 'ready'],
    [
      'a last step that asks',
      [PROMPT, STEP, part('text', { text: 'Which?' }), finish('stop')],
      'waiting_input',
    ],
    ['a step that was cut off', [PROMPT, STEP, finish('length')], 'ready'],
    ['a compaction', [PROMPT, finish('stop'), part('compaction', { _role: 'user' })], 'active'],
  ])('after %s are %s', (_, lines, activity) => {
    expect(judge(...lines)?.activity).toBe(activity);
  });

  it('say nothing while there are none', () => {
    expect(judge()).toBeNull();
    expect(judge('{}', 'no JSON')).toBeNull();
  });
});

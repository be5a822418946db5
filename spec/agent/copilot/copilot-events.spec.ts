import { COPILOT_EVENTS } from '../../../src/agent/copilot/copilot-events.js';
import { foldLines } from '../fold-lines.js';

const AT = '2026-11-27T12:00:00.000Z';
const event = (type: string, data: object = {}): string => JSON.stringify({ type, data, timestamp: AT });
const judge = (...lines: string[]) => COPILOT_EVENTS.judge(foldLines(COPILOT_EVENTS, lines), { quietMs: 0 });

const PROMPT = event('user.message', { content: 'Do it.' });
const TURN = event('assistant.turn_start', { turnId: '0' });
const CALL = event('assistant.message', { content: 'I run it.', toolRequests: [{ name: 'bash' }] });
const END = event('assistant.turn_end', { turnId: '0' });
const says = (content: string): string => event('assistant.message', { content, toolRequests: [] });

describe('the events of a Copilot session', () => {
  it.each([
    ['a prompt', [PROMPT], 'active'],
    ['the begin of a turn', [PROMPT, TURN], 'active'],
    ['a call of a tool', [PROMPT, TURN, CALL, event('tool.execution_start', { toolName: 'bash' })], 'active'],
    ['a question for permission', [PROMPT, TURN, CALL, event('permission.requested')], 'waiting_input'],
    [
      'its answer',
      [PROMPT, TURN, CALL, event('permission.requested'), event('permission.completed')],
      'active',
    ],
    [
      'a question to the person',
      [TURN, CALL, event('tool.execution_start', { toolName: 'ask_user' })],
      'waiting_input',
    ],
    [
      'a step after which the model goes on',
      [PROMPT, TURN, CALL, event('tool.execution_complete'), END],
      'active',
    ],
    ['an answer', [PROMPT, TURN, says('Done.'), END], 'ready'],
    ['an answer that asks', [PROMPT, TURN, says('Which one?'), END], 'waiting_input'],
    [
      "the end of a subagent's turn",
      [PROMPT, TURN, CALL, event('assistant.turn_end', { parentToolCallId: 'call1' })],
      'active',
    ],
    ['an interruption', [PROMPT, TURN, CALL, END, event('abort', { reason: 'user_abort' })], 'ready'],
    ['a compaction that goes on', [event('session.compaction_start')], 'active'],
    ['a compaction', [event('session.compaction_start'), event('session.compaction_complete')], 'ready'],
    ['a resumption', [PROMPT, TURN, event('session.resume')], 'ready'],
    ['what tells nothing', [PROMPT, TURN, event('session.usage_record')], 'active'],
  ])('after %s say %s', (_, lines, activity) => {
    expect(judge(...lines)?.activity).toBe(activity);
  });

  it('tell the error that ended the turn, and that the session rests', () => {
    const ended = judge(PROMPT, TURN, END, event('session.error', { message: '400 a bad request' }));
    expect(ended).toMatchObject({ activity: 'ready', isTurnOver: true, error: '400 a bad request' });
  });

  it('say nothing before the first prompt, nor by lines of another kind', () => {
    expect(judge(event('session.start'), event('session.model_change'))).toBeNull();
    expect(COPILOT_EVENTS.read(COPILOT_EVENTS.start, 'no JSON')).toBeNull();
  });
});

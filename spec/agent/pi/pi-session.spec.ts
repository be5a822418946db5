import { PI_SESSION } from '../../../src/agent/pi/pi-session.js';
import { foldLines } from '../fold-lines.js';

const line = (role: string, more: object = {}): string =>
  JSON.stringify({
    ...{ type: 'message', timestamp: '2026-11-27T12:00:00.000Z' },
    message: { role, content: [{ type: 'text', text: 'Done.' }], ...more },
  });
const says = (text: string, stopReason = 'stop'): string =>
  line('assistant', { content: [{ type: 'text', text }], stopReason });
const judge = (...lines: string[]) => PI_SESSION.judge(foldLines(PI_SESSION, lines), { quietMs: 0 });

describe('a session of pi', () => {
  it.each([
    ['a prompt', [line('user')], 'active'],
    ['a prompt in one piece', [line('user', { content: 'Do it.' })], 'active'],
    ['a call', [line('user'), says('I run it.', 'toolUse')], 'active'],
    ['the result of a tool', [says('', 'toolUse'), line('toolResult')], 'active'],
    ['an answer', [line('user'), says('Done.')], 'ready'],
    ['an answer that is cut off', [line('user'), says('Done', 'length')], 'ready'],
    ['an answer that asks', [line('user'), says('Which one?')], 'waiting_input'],
    ['an interruption', [line('user'), says('Which one?', 'aborted')], 'ready'],
    ['a compaction', [line('user'), JSON.stringify({ type: 'compaction' })], 'ready'],
    ['a change of the model', [line('user'), JSON.stringify({ type: 'model_change' })], 'active'],
  ])('after %s is %s', (_, lines, activity) => {
    expect(judge(...lines)?.activity).toBe(activity);
  });

  it('tells the error that ended the turn', () => {
    const failed = line('assistant', { content: [], stopReason: 'error', errorMessage: '400 a bad request' });
    expect(judge(line('user'), failed)).toMatchObject({
      ...{ activity: 'ready', isTurnOver: true, error: '400 a bad request' },
    });
  });

  it('says nothing before the first prompt, nor by lines of another kind', () => {
    expect(judge(JSON.stringify({ type: 'session', version: 3 }))).toBeNull();
    expect(PI_SESSION.read(PI_SESSION.start, 'no JSON')).toBeNull();
  });
});

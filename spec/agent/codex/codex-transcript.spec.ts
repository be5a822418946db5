import { eventLine, itemLine, metaLine } from '../../../fixtures/transcripts/codex-lines.js';
import { CODEX_TRANSCRIPT } from '../../../src/agent/codex/codex-transcript.js';
import { foldLines } from '../fold-lines.js';

const META = metaLine({ id: 'c0ffee00', cwd: '/srv/shop', startedAt: '2026-03-01T12:00:00.000Z' });
const START = [
  eventLine('task_started'),
  itemLine('message', { role: 'user' }),
  eventLine('user_message', { message: 'Do it.' }),
];
const call = (name: string): string => itemLine('function_call', { name, call_id: 'c1' });
const OUTPUT = itemLine('function_call_output', { call_id: 'c1', output: 'ok' });
const end = (text: string | null): string => eventLine('task_complete', { last_agent_message: text });

const done = (type: string, text: string): string =>
  eventLine('item_completed', { item: { type, content: [{ type: 'Text', text }] } });

const judge = (...lines: string[]) =>
  CODEX_TRANSCRIPT.judge(foldLines(CODEX_TRANSCRIPT, lines), { quietMs: 0 });

describe('a Codex rollout', () => {
  it.each([
    ['a prompt', START, 'active'],
    ['words in a turn of 0.171', [...START, done('AgentMessage', 'Shall I?')], 'active'],
    ['a prompt of a version without turns', [eventLine('user_message', { message: 'Do it.' })], 'active'],
    ['words in a turn', [...START, eventLine('agent_message', { message: 'Shall I?' })], 'active'],
    ['a count of tokens in a turn', [...START, eventLine('token_count')], 'active'],
    ['a call that runs, or waits for leave', [...START, call('exec_command')], 'active'],
    ['its output', [...START, call('exec_command'), OUTPUT], 'active'],
    ['what is typed in a turn', [...START, eventLine('user_message', { message: 'And that.' })], 'active'],
    ['a question by a tool', [...START, call('request_user_input')], 'waiting_input'],
    ['its answer', [...START, call('request_user_input'), OUTPUT], 'active'],
    ['the end of a turn', [...START, end('Done.')], 'ready'],
    ['the count of tokens after it', [...START, end('Done.'), eventLine('token_count')], 'ready'],
    ['a turn that ends with a question', [...START, end('Which one?')], 'waiting_input'],
    ['the question of a turn before', [...START, end('Which one?'), ...START, end('Done.')], 'ready'],
    [
      'an interruption',
      [...START, call('exec_command'), eventLine('turn_aborted', { reason: 'interrupted' })],
      'ready',
    ],
    [
      'a plan',
      [...START, eventLine('item_completed', { item: { type: 'Plan' } }), end(null)],
      'waiting_input',
    ],
    [
      'leave to carry it out',
      [...START, eventLine('item_completed', { item: { type: 'Plan' } }), end(null), ...START],
      'active',
    ],
  ])('after %s is %s', (_, lines, activity) => {
    expect(judge(META, ...lines)?.activity).toBe(activity);
  });

  it('says nothing before the first turn, and nothing by lines of other kinds', () => {
    expect(judge(META, '{}', 'no JSON', '{"type":"event_msg","payload":7}')).toBeNull();
  });

  it('names what decided, and when', () => {
    expect(judge(...START, call('exec_command'))?.detail).toBe(
      'called exec_command at 2026-03-01T12:00:00.000Z',
    );
  });

  it('is at work where only the midst of a turn was read, and not sure of it', () => {
    expect(judge(call('exec_command'))?.activity).toBe('active');
    expect(CODEX_TRANSCRIPT.isSure(foldLines(CODEX_TRANSCRIPT, [call('exec_command')]))).toBe(false);
    expect(CODEX_TRANSCRIPT.isSure(foldLines(CODEX_TRANSCRIPT, START))).toBe(true);
  });

  it('tells the error of a failed turn, and rests', () => {
    const failed = (message: string) =>
      eventLine('task_complete', { last_agent_message: null, error: { message } });
    const json = '{"error":{"message":"bad request","code":null}}';
    const rest = { activity: 'ready', isTurnOver: true };
    expect(judge(...START, failed(json))).toMatchObject({ ...rest, error: 'bad request' });
    expect(judge(...START, failed('Too busy.'))).toMatchObject({ ...rest, error: 'Too busy.' });
    expect(judge(...START, failed('Too busy.'), ...START)).not.toHaveProperty('error');
  });

  it('takes what was said in a turn of 0.171 for its last words', () => {
    const { activity } = judge(...START, done('AgentMessage', 'Shall I?'), end(null)) ?? {};
    expect(activity).toBe('waiting_input');
  });
});

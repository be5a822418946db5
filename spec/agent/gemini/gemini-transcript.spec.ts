import {
  headerLine,
  promptLine,
  recordLine,
  updatedLine,
} from '../../../fixtures/transcripts/gemini-lines.js';
import { GEMINI_TRANSCRIPT } from '../../../src/agent/gemini/gemini-transcript.js';
import { foldLines } from '../fold-lines.js';

const HEADER = headerLine({
  sessionId: 'c0ffee00',
  projectHash: 'ab',
  startTime: '2026-03-01T12:00:00.000Z',
});
const CONTEXT = JSON.stringify({
  $set: { messages: [JSON.parse(promptLine('<session_context>…')) as object] },
});
const withTools = (...statuses: string[]): string =>
  recordLine('gemini', 'Let me see.', {
    toolCalls: statuses.map((status) => ({ name: 'read_file', status })),
  });

const judge = (...lines: string[]) =>
  GEMINI_TRANSCRIPT.judge(
    foldLines(GEMINI_TRANSCRIPT, [HEADER, ...lines.flatMap((line) => [line, updatedLine()])]),
    { quietMs: 0 },
  );

describe('a Gemini chat', () => {
  it.each([
    ['a context that nobody has answered', [CONTEXT], 'active'],
    ['a prompt', [CONTEXT, promptLine('Do it.')], 'active'],
    ['an answer', [promptLine('Do it.'), recordLine('gemini', 'Done.')], 'ready'],
    ['an answer that asks', [promptLine('Do it.'), recordLine('gemini', 'Which one?')], 'waiting_input'],
    ['a call without words', [promptLine('Do it.'), recordLine('gemini', '')], 'active'],
    ['a tool that runs', [withTools('executing')], 'active'],
    ['a tool that has run', [withTools('success')], 'active'],
    ['a tool that was refused', [withTools('cancelled')], 'ready'],
    ['one refused of two', [withTools('cancelled', 'success')], 'active'],
    [
      'the result of a tool',
      [withTools('success'), recordLine('user', [{ functionResponse: { id: 'f1' } }])],
      'active',
    ],
    ['an error', [promptLine('Do it.'), recordLine('error', '[API Error: 400]')], 'ready'],
    [
      'what is told after it',
      [recordLine('error', 'no'), recordLine('info', 'This request failed.')],
      'ready',
    ],
    ['an interruption', [promptLine('Do it.'), recordLine('info', 'Request cancelled.')], 'ready'],
    ['news in a turn', [promptLine('Do it.'), recordLine('info', 'An update is there.')], 'active'],
    ['a command of the person', [promptLine('I ran the following shell command:\n```sh\nls\n```')], 'ready'],
    ['a rewinding', [promptLine('Do it.'), '{"$rewindTo":"r1"}'], 'ready'],
  ])('after %s is %s', (_, lines, activity) => {
    expect(judge(...lines)?.activity).toBe(activity);
  });

  it('says nothing by its header, and survives fields of the wrong shape', () => {
    expect(judge()).toBeNull();
    expect(judge('{"type":"user","content":7,"toolCalls":{}}')?.activity).toBe('active');
    expect(judge('[]', '7', '{"$set":3}')).toBeNull();
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  noteLine,
  proseLine,
  systemLine,
  thinkingLine,
  toolResultLine,
  toolUseLine,
  userLine,
  userTextLine,
} from '../../../fixtures/transcripts/claude-lines.js';
import { CLAUDE_TRANSCRIPT } from '../../../src/agent/claude-code/claude-transcript.js';
import { foldLines } from '../fold-lines.js';

const judge = (lines: string[]) =>
  CLAUDE_TRANSCRIPT.judge(foldLines(CLAUDE_TRANSCRIPT, lines), { quietMs: 0 });

const activityOf = (...lines: string[]) => judge(lines)?.activity ?? null;

const CAVEAT = userLine('<local-command-caveat>Caveat: The messages below …', { isMeta: true });
const FINISHED = [userLine('Do it.'), proseLine('Done.'), systemLine('turn_duration')];

describe('a recorded session', () => {
  const path = join(__dirname, '../../../fixtures/transcripts/claude-session.jsonl');
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');

  it('is judged right after each of its lines', () => {
    const seen = lines.map((_, index) => judge(lines.slice(0, index + 1))?.activity ?? null);
    expect(seen).toEqual([
      null,
      null,
      ...Array<string>(5).fill('active'),
      'waiting_input',
      'active',
      ...Array<string>(4).fill('ready'),
      'active',
      'ready',
      'active',
      'ready',
    ]);
  });
});

describe('a turn that goes on', () => {
  it.each([
    ['a prompt', [userLine('Do it.')]],
    ['a call of a tool', [userLine('Do it.'), toolUseLine('Bash', 'c1')]],
    ['the result of a tool', [toolUseLine('Bash', 'c1'), toolResultLine('c1')]],
    ['prose before a call of a tool', [proseLine('Let me see.', { stopReason: 'tool_use' })]],
    ['a message without a stop reason', [thinkingLine()]],
    ['a pause of the model', [proseLine('…', { stopReason: 'pause_turn' })]],
    ['the limit of one answer', [proseLine('…', { stopReason: 'max_tokens' })]],
    [
      'what a command of a skill expands to',
      [...FINISHED, CAVEAT, userLine('Review the change.', { isMeta: true })],
    ],
    ['a retry after an API error', [userLine('Do it.'), systemLine('api_error', { retryAttempt: 1 })]],
    [
      'a compaction of its own accord',
      [
        toolResultLine('c1'),
        systemLine('compact_boundary', { compactMetadata: { trigger: 'auto' } }),
        userLine('The story so far.', { isCompactSummary: true }),
      ],
    ],
    [
      'work that a subagent does',
      [toolUseLine('Agent', 'c1'), proseLine('Done.', { isSidechain: true, id: 'msg_9' })],
    ],
    [
      'one result of several calls',
      [toolUseLine('Task', 'c1'), toolUseLine('Task', 'c2'), toolResultLine('c1')],
    ],
    [
      'what was typed during a turn',
      [
        toolUseLine('Bash', 'c1'),
        JSON.stringify({ type: 'queue-operation', operation: 'enqueue', content: 'And that.' }),
        JSON.stringify({ type: 'attachment', attachment: { type: 'queued_command', prompt: 'And that.' } }),
      ],
    ],
    [
      'what a hook objects to the end of a turn',
      [...FINISHED.slice(0, 2), userLine('Stop hook feedback: not yet', { isMeta: true })],
    ],
    [
      'a next prompt after an unanswered question',
      [toolUseLine('AskUserQuestion', 'c1'), userLine('Never mind.')],
    ],
  ])('is active after %s', (_, lines) => {
    expect(activityOf(...lines)).toBe('active');
  });
});

describe('a turn that is over', () => {
  it.each([
    ['the end of a message', [userLine('Do it.'), proseLine('Done.')]],
    [
      'a stop sequence',
      [userLine('Do it.'), proseLine('No response requested.', { stopReason: 'stop_sequence' })],
    ],
    ['a refusal', [userLine('Do it.'), proseLine('No.', { stopReason: 'refusal' })]],
    ['the note of its duration', FINISHED],
    ['the summary of its hooks', [...FINISHED.slice(0, 2), systemLine('stop_hook_summary')]],
    [
      'lines of other kinds',
      [...FINISHED, ...['last-prompt', 'ai-title', 'mode', 'permission-mode'].map(noteLine)],
    ],
    ['an interruption', [userLine('Do it.'), userTextLine('[Request interrupted by user]')]],
    [
      'an interrupted tool',
      [
        toolUseLine('Bash', 'c1'),
        toolResultLine('c1'),
        userTextLine('[Request interrupted by user for tool use]'),
      ],
    ],
    [
      'a plan that was refused',
      [
        toolUseLine('ExitPlanMode', 'c1'),
        toolResultLine('c1'),
        userTextLine('[Request interrupted by user for tool use]'),
      ],
    ],
    [
      'words of a subagent, however late',
      [...FINISHED, proseLine('Found it.', { isSidechain: true, id: 'msg_9', stopReason: 'tool_use' })],
    ],
    [
      'a local command',
      [
        ...FINISHED,
        CAVEAT,
        userLine('<command-name>/model</command-name>'),
        userLine('<local-command-stdout>Set</local-command-stdout>'),
      ],
    ],
    ['a local command of the newer kind', [...FINISHED, systemLine('local_command')]],
    [
      'a shell line of the person',
      [
        ...FINISHED,
        CAVEAT,
        userLine('<bash-input>ls</bash-input>'),
        userLine('<bash-stdout>a</bash-stdout><bash-stderr></bash-stderr>'),
      ],
    ],
    [
      'a compaction on demand',
      [
        ...FINISHED,
        systemLine('compact_boundary', { compactMetadata: { trigger: 'manual' } }),
        userLine('The story so far.', { isCompactSummary: true }),
      ],
    ],
  ])('is ready after %s', (_, lines) => {
    expect(activityOf(...lines)).toBe('ready');
  });
});

describe('a question to a person', () => {
  it.each(['AskUserQuestion', 'ExitPlanMode'])('waits for input while %s has no result', (tool) => {
    expect(activityOf(userLine('Do it.'), toolUseLine(tool, 'c1'))).toBe('waiting_input');
    expect(activityOf(userLine('Do it.'), toolUseLine(tool, 'c1'), toolResultLine('c1'))).toBe('active');
  });

  it('is found among the other lines of its message, and among their results', () => {
    expect(
      activityOf(
        userLine('Do it.'),
        thinkingLine({ stopReason: 'tool_use' }),
        toolUseLine('AskUserQuestion', 'c1'),
        toolUseLine('Bash', 'c2'),
        toolResultLine('c2'),
      ),
    ).toBe('waiting_input');
  });

  it('is not looked for in earlier messages', () => {
    expect(
      activityOf(
        toolUseLine('AskUserQuestion', 'c1', { id: 'msg_1' }),
        toolUseLine('Bash', 'c2', { id: 'msg_2' }),
      ),
    ).toBe('active');
  });
});

describe('an API error', () => {
  const ERROR = proseLine('API Error', { isApiErrorMessage: true, stopReason: 'stop_sequence' });

  it.each([
    ['a login that is missing', 'Please run /login · API Error: 403', 'authentication_failed'],
    ['a payment that is missing', 'Credit balance is too low', 'billing_error'],
    ['a quota that ends at a time', "You've hit your session limit · resets 3pm (UTC)", undefined],
  ])('blocks where it is %s', (_, text, error) => {
    const line = proseLine(text, { isApiErrorMessage: true, stopReason: 'stop_sequence', error });
    expect(judge([userLine('Do it.'), line])).toMatchObject({
      activity: 'blocked',
      isTurnOver: true,
      error: text,
    });
  });

  it('blocks nothing where another prompt may go well', () => {
    const text = "API Error: Request rejected (429) · You've hit your limit";
    const line = proseLine(text, {
      isApiErrorMessage: true,
      stopReason: 'stop_sequence',
      error: 'rate_limit',
    });
    expect(activityOf(userLine('Do it.'), line)).toBe('ready');
  });

  it('ends the turn, and says so', () => {
    expect(activityOf(userLine('Do it.'), ERROR)).toBe('ready');
    expect(activityOf(userLine('Do it.'), ERROR, systemLine('turn_duration'))).toBe('ready');
  });

  it('is over with the next prompt', () => {
    expect(activityOf(ERROR, userLine('Again.'))).toBe('active');
  });
});

describe('lines that do not suffice', () => {
  const isSure = (lines: string[]) => CLAUDE_TRANSCRIPT.isSure(foldLines(CLAUDE_TRANSCRIPT, lines));

  it('are those in which a question could be hidden further up', () => {
    const lines = [toolUseLine('Bash', 'c2'), toolResultLine('c2')];
    expect(isSure(lines)).toBe(false);
    expect(isSure([userLine('Do it.'), ...lines])).toBe(true);
    expect(isSure([toolUseLine('Bash', 'c1', { id: 'msg_0' }), ...lines])).toBe(true);
  });

  it('are the end of a turn alone', () => {
    expect(isSure([systemLine('turn_duration')])).toBe(false);
    expect(judge([systemLine('turn_duration')])?.activity).toBe('ready');
  });

  it.each([
    ['no line', []],
    ['lines of other kinds', ['mode', 'permission-mode'].map(noteLine)],
    ['lines that are no JSON, or no entry', ['{"type":"us', 'null', '[]', '"user"', '{"type":7}', '{}']],
  ])('says nothing of %s', (_, lines) => {
    expect(judge(lines)).toBeNull();
  });

  it('survives fields of the wrong shape', () => {
    const odd = [
      '{"type":"user","message":{"content":[7,null,{"type":"text","text":{}}]}}',
      '{"type":"assistant","message":{"id":3,"stop_reason":{},"content":"hm"},"timestamp":5}',
    ];
    expect(judge(odd)).toEqual({ activity: 'active', detail: 'writing a message', at: null });
  });
});

describe('a turn that ended in words', () => {
  it.each([
    ['What should it be called?', 'waiting_input'],
    ['Which one?\n\n1. The first\n2. The second', 'waiting_input'],
    ['**Shall I go on?**', 'waiting_input'],
    ['Why? Because it was broken.', 'ready'],
    ['Done.', 'ready'],
  ])('%j leaves it %s', (text, activity) => {
    expect(activityOf(userLine('Do it.'), proseLine(text))).toBe(activity);
    expect(activityOf(userLine('Do it.'), proseLine(text), systemLine('turn_duration'))).toBe(activity);
  });
});

describe('work in the background', () => {
  const LAUNCH = JSON.stringify({
    ...(JSON.parse(toolResultLine('c1')) as object),
    toolUseResult: { status: 'async_launched', agentId: 'a1' },
  });
  const turn = [
    userLine('Do it.'),
    toolUseLine('Agent', 'c1'),
    LAUNCH,
    proseLine('It is at work.', { id: 'msg_2' }),
  ];
  const note = '<task-notification>\n<task-id>a1</task-id>\n<status>completed</status>\n</task-notification>';

  it('goes on when the turn that began it is over', () => {
    expect(judge(turn)).toMatchObject({
      activity: 'active',
      detail: expect.stringContaining('left 1 at work') as string,
    });
  });

  const end = (counts: Record<string, number> = {}) => systemLine('turn_duration', counts);

  it('is what Claude Code counts at the end of a turn, also of what began further up', () => {
    const pending = end({ pendingBackgroundAgentCount: 1, pendingWorkflowCount: 1 });
    expect(judge([proseLine('Started.'), pending])).toMatchObject({
      ...{ activity: 'active', isTurnOver: true },
      detail: expect.stringContaining('left 2 at work') as string,
    });
    expect(activityOf(pending, userLine(note), proseLine('One is done.'))).toBe('active');
    expect(activityOf(pending, userLine(note), userLine(note), proseLine('Both.'))).toBe('ready');
  });

  it('is over when a turn ends that counts none, as after a restart', () => {
    const pending = end({ pendingBackgroundAgentCount: 1 });
    expect(activityOf(...turn, pending, userLine('Next.'), proseLine('Done.'), end())).toBe('ready');
    expect(activityOf(...turn, end())).toBe('active');
  });

  it('may run elsewhere', () => {
    expect(activityOf(userLine('Do it.'), LAUNCH.replace('async', 'remote'), proseLine('Sent.'))).toBe(
      'active',
    );
  });

  it('may be many at a time, and each ends by itself', () => {
    const launch = (id: string) => LAUNCH.replace('"a1"', `"${id}"`);
    const three = [userLine('Do it.'), ...['a1', 'a2', 'a3'].map(launch), proseLine('They work.')];
    const done = (id: string) => userLine(note.replace('a1', id));
    expect(activityOf(...three, done('a2'), done('a1'), proseLine('Two.'))).toBe('active');
    expect(activityOf(...three, done('a2'), done('a1'), done('a3'), proseLine('All.'))).toBe('ready');
  });

  it.each([
    ['is queued', JSON.stringify({ type: 'queue-operation', operation: 'enqueue', content: note })],
    [
      'is told during a turn',
      JSON.stringify({ type: 'attachment', attachment: { type: 'queued_command', prompt: note } }),
    ],
    ['is a prompt', userLine(note)],
  ])('is over when its notification %s', (_, line) => {
    expect(activityOf(...turn, line, proseLine('All done.', { id: 'msg_3' }))).toBe('ready');
  });
});

describe('the detail of a verdict', () => {
  it('names what decided, and when', () => {
    expect(judge([userLine('Do it.', { at: '2026-03-01T12:34:56.789Z' })])).toEqual({
      activity: 'active',
      detail: 'prompted at 2026-03-01T12:34:56.789Z',
      at: '2026-03-01T12:34:56.789Z',
    });
  });
});

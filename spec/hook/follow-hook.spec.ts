import type { Activity } from '../../src/session/activity.js';
import { followHook, type HookCall } from '../../src/hook/follow-hook.js';
import { parseHookInput } from '../../src/hook/hook-input.js';
import { HOOK_TABLES } from '../../src/hook/hook-tables.js';
import type { StoredHookNote } from '../../src/hook/stored-hook-note.js';

const START = Date.parse('2026-01-01T12:00:00.000Z');

/** Sends an agent's events one after the other, a second apart; returns the note in the end. */
function follow(agent: string, ...events: Record<string, unknown>[]): StoredHookNote | null {
  let note: StoredHookNote | null = null;
  for (const [index, fields] of events.entries()) {
    const input = parseHookInput(JSON.stringify({ session_id: 'one', ...fields }))!;
    const call: HookCall = { agent, input, startedAt: START + index * 1_000, process: null };
    const step = followHook(note, call, HOOK_TABLES[agent]!);
    if (step.type === 'write') note = step.note;
    if (step.type === 'touch') note = { ...note!, at: new Date(call.startedAt).toISOString() };
  }
  return note;
}

const on = (event: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  hook_event_name: event,
  ...more,
});

describe('what an agent’s hooks say', () => {
  it.each<[string, Record<string, unknown>[], Activity | null]>([
    ['claude-code', [on('SessionStart', { source: 'startup' })], 'ready'],
    ['claude-code', [on('UserPromptSubmit')], 'active'],
    ['claude-code', [on('UserPromptSubmit'), on('PreToolUse', { tool_name: 'Bash' })], 'active'],
    ['claude-code', [on('PreToolUse', { tool_name: 'AskUserQuestion' })], 'waiting_input'],
    ['claude-code', [on('PreToolUse', { tool_name: 'ExitPlanMode' })], 'waiting_input'],
    ['claude-code', [on('PreToolUse'), on('PermissionRequest')], 'waiting_input'],
    ['claude-code', [on('PermissionRequest'), on('PostToolUse')], 'active'],
    ['claude-code', [on('Notification', { notification_type: 'permission_prompt' })], 'waiting_input'],
    ['claude-code', [on('Notification', { notification_type: 'elicitation_dialog' })], 'waiting_input'],
    ['claude-code', [on('Stop')], 'ready'],
    ['claude-code', [on('Stop'), on('SessionEnd', { reason: 'exit' })], null],
    ['claude-code', [on('PermissionRequest'), on('PostToolUseFailure', { error: 'exit 1' })], 'active'],
    ['claude-code', [on('PreToolUse'), on('PostToolUseFailure', { is_interrupt: true })], 'ready'],
    ['claude-code', [on('PreToolUse'), on('Elicitation')], 'waiting_input'],
    ['claude-code', [on('Elicitation'), on('ElicitationResult')], 'active'],
    ['claude-code', [on('Stop'), on('PreCompact', { trigger: 'manual' })], 'active'],
    ['claude-code', [on('PreCompact'), on('PostCompact', { trigger: 'manual' })], 'ready'],
    ['claude-code', [on('PreCompact'), on('PostCompact', { trigger: 'auto' })], 'active'],
    ['codex', [on('UserPromptSubmit'), on('PermissionRequest', { tool_name: 'Bash' })], 'waiting_input'],
    ['codex', [on('PermissionRequest'), on('PostToolUse'), on('Stop')], 'ready'],
    ['gemini', [on('BeforeAgent'), on('BeforeTool')], 'active'],
    [
      'gemini',
      [on('BeforeTool'), on('Notification', { notification_type: 'ToolPermission' })],
      'waiting_input',
    ],
    ['gemini', [on('AfterTool'), on('AfterAgent')], 'ready'],
  ])('of %s, after %j: %s', (agent, events, activity) => {
    expect(follow(agent, ...events)!.activity).toBe(activity);
  });

  it('takes the reminder that nobody has typed for no wait: a turn that ended stays ended', () => {
    const idle = on('Notification', { notification_type: 'idle_prompt' });
    // Nor for the beginning of a rest, which it comes a minute after.
    expect(follow('claude-code', on('Stop'), idle)).toMatchObject({
      activity: 'ready',
      at: '2026-01-01T12:00:00.000Z',
    });
    expect(follow('claude-code', on('UserPromptSubmit'), idle)!.activity).toBe('idle');
    expect(follow('claude-code', on('PermissionRequest'), idle)!.activity).toBe('waiting_input');
  });

  it('leaves all as it was on an event that says nothing of activity, or that it does not know', () => {
    const before = follow('claude-code', on('UserPromptSubmit'));
    for (const event of [
      on('SessionStart', { source: 'compact' }),
      on('Notification', { notification_type: 'auth_success' }),
      on('constructor'),
      on('SomethingNew'),
    ]) {
      expect(follow('claude-code', on('UserPromptSubmit'), event)).toEqual(before);
    }
  });

  it('lets a subagent end no wait but its own, and begin no turn that is over', () => {
    const sub = (event: string, id = 'a1'): Record<string, unknown> => on(event, { agent_id: id });
    expect(follow('claude-code', on('PermissionRequest'), sub('PostToolUse'))!.activity).toBe(
      'waiting_input',
    );
    expect(follow('claude-code', sub('PermissionRequest'), sub('PostToolUse', 'a2'))!.activity).toBe(
      'waiting_input',
    );
    expect(follow('claude-code', sub('PermissionRequest'), sub('PostToolUse'))!.activity).toBe('active');
    expect(follow('claude-code', sub('PermissionRequest'), on('Stop'))!.activity).toBe('ready');
    expect(follow('claude-code', on('Stop'), sub('PreToolUse'))!.activity).toBe('ready');
    expect(follow('claude-code', on('Stop'), sub('PermissionRequest'))!.activity).toBe('waiting_input');
  });

  const atWork = (...ids: string[]): Record<string, unknown> =>
    on('Stop', { background_tasks: ids.map((id) => ({ id, type: 'subagent', status: 'running' })) });

  it('goes on working while a subagent is at work in the background, and waits on while that one asks', () => {
    const sub = (event: string): Record<string, unknown> => on(event, { agent_id: 'a1' });
    expect(follow('claude-code', on('UserPromptSubmit'), atWork('a1'))!.activity).toBe('active');
    expect(follow('claude-code', sub('PermissionRequest'), atWork('a1'))!.activity).toBe('waiting_input');
    expect(follow('claude-code', sub('PermissionRequest'), atWork('a2'))!.activity).toBe('active');
    expect(follow('claude-code', atWork('a1'), on('Stop', { background_tasks: [] }))!.activity).toBe('ready');
  });

  it.each([
    ['unknown', 'API Error: 400 a mock bad request', 'ready'],
    ['rate_limit', 'You have hit your limit, resets 3pm', 'blocked'],
    ['rate_limit', 'API Error: 429', 'ready'],
    ['authentication_failed', 'Please run /login', 'blocked'],
  ])('tells the error that ended a turn: %s, %s: %s', (error, text, activity) => {
    const failure = on('StopFailure', { error, last_assistant_message: text });
    expect(follow('claude-code', on('UserPromptSubmit'), failure)).toMatchObject({ activity, error: text });
    const next = follow('claude-code', failure, on('UserPromptSubmit'), on('Stop'));
    expect(next).toMatchObject({ activity: 'ready' });
    expect(next).not.toHaveProperty('error');
  });

  it('keeps when it was said last, and by what the activity began', () => {
    const note = follow('claude-code', on('UserPromptSubmit'), on('PreToolUse', { tool_name: 'Bash' }));
    expect(note).toMatchObject({
      event: 'UserPromptSubmit',
      detail: 'it works',
      at: '2026-01-01T12:00:01.000Z',
    });
  });

  it('follows the agent into another conversation', () => {
    const cleared = on('SessionStart', {
      session_id: 'two',
      transcript_path: '/t/two.jsonl',
      source: 'clear',
    });
    expect(follow('claude-code', on('Stop'), cleared)).toMatchObject({
      activity: 'ready',
      conversation: 'two',
      transcriptPath: '/t/two.jsonl',
      detail: 'its turn is over (clear)',
    });
  });
});

describe('parseHookInput', () => {
  it.each([
    '',
    'null',
    '[]',
    '3',
    '{"cut',
    '{}',
    '{"hook_event_name":7}',
    `{"hook_event_name":"${'x'.repeat(300)}"}`,
  ])('takes %j for no hook', (text) => {
    expect(parseHookInput(text)).toBeNull();
  });

  it('takes a field of another kind for none', () => {
    expect(parseHookInput('{"hook_event_name":"Stop","session_id":7,"tool_name":["x"]}')).toEqual({
      ...{ event: 'Stop', conversation: null, transcriptPath: null, subagent: null },
      ...{ tool: null, notification: null, cause: null, failure: null, isInterrupted: false, atWork: [] },
    });
  });
});

import {
  conversationOf,
  isClaudeCommand,
  nameConversation,
  resumesConversation,
} from '../../../src/agent/claude-code/claude-command.js';

const UUID = 'c0ffee00-0000-4000-8000-000000000001';
const OTHER = 'c0ffee00-0000-4000-8000-000000000002';

describe('isClaudeCommand', () => {
  it.each([
    [['claude'], true],
    [['/usr/local/bin/claude', '-p', 'hi'], true],
    [['claude-wrapper'], false],
    [['sh', 'claude'], false],
    [[], false],
  ])('of %j is %s', (command, expected) => {
    expect(isClaudeCommand(command)).toBe(expected);
  });
});

describe('conversationOf', () => {
  it.each([
    [['claude', '--session-id', UUID], UUID],
    [['claude', `--session-id=${UUID}`], UUID],
    [['claude', '--resume', UUID], UUID],
    [['claude', '-r', UUID, 'go on'], UUID],
    [['claude', '--resume', UUID, '--session-id', OTHER, '--fork-session'], OTHER],
    [['claude', '--resume', UUID, '--fork-session'], null],
    [['claude', '--resume', 'the one about tests'], null],
    [['claude', '--resume'], null],
    [['claude', '--continue'], null],
    [['claude', '--', '--session-id', UUID], null],
    [['claude', '--session-id', '../../etc/passwd'], null],
  ])('of %j is %s', (command, expected) => {
    expect(conversationOf(command)).toBe(expected);
  });
});

describe('nameConversation', () => {
  it('gives a new conversation a name before the words of its prompt', () => {
    const { command, agentSession } = nameConversation(['claude', '--model', 'opus', '--', '-c is a flag']);
    expect(agentSession).toMatch(/^[0-9a-f-]{36}$/);
    expect(command).toEqual([
      'claude',
      '--session-id',
      agentSession,
      '--model',
      'opus',
      '--',
      '-c is a flag',
    ]);
  });

  it('gives every conversation a name of its own', () => {
    expect(nameConversation(['claude']).agentSession).not.toBe(nameConversation(['claude']).agentSession);
  });

  it.each([
    [['claude', '--session-id', UUID], UUID],
    [['claude', '--resume', UUID], UUID],
    [['claude', '-r'], null],
    [['claude', '--continue'], null],
    [['claude', '-c'], null],
    [['claude', 'mcp', 'list'], null],
    [['sh', '-c', 'claude'], null],
    [[], null],
  ])('leaves %j as it is', (command, agentSession) => {
    expect(nameConversation(command)).toEqual({ command, agentSession });
  });
});

describe('resumesConversation', () => {
  it.each([
    [['claude', '-r', UUID], true],
    [['claude', `--resume=${UUID}`], true],
    [['claude', '-c'], true],
    [['claude', '--session-id', UUID], false],
    [['claude', '--', '-c'], false],
  ])('of %j is %s', (command, expected) => {
    expect(resumesConversation(command)).toBe(expected);
  });
});

import type { Agent } from '../../src/agent/agent.js';
import { ClaudeCodeAgent } from '../../src/agent/claude-code/claude-code.js';
import { defaultAgents } from '../../src/agent/default-agents.js';
import { recogniseAgent } from '../../src/agent/recognise-agent.js';
import { ScreenAgent } from '../../src/agent/screen.js';

describe('recogniseAgent', () => {
  const agents: Record<string, Agent> = { screen: new ScreenAgent(), 'claude-code': new ClaudeCodeAgent() };

  it('names the first agent that recognises the command', () => {
    const twin: Agent = new ClaudeCodeAgent();
    expect(recogniseAgent(['/opt/bin/claude', '-p'], { ...agents, twin })).toBe('claude-code');
  });

  it('names nobody for a command that no agent recognises', () => {
    expect(recogniseAgent(['bash', '-c', 'claude'], agents)).toBeNull();
    expect(recogniseAgent([], agents)).toBeNull();
  });
});

describe('the agents that come with the package', () => {
  it.each([
    [['claude'], 'claude-code'],
    [['npx', '-y', '@anthropic-ai/claude-code@latest', '--model', 'opus'], 'claude-code'],
    [['/usr/local/bin/codex', 'resume'], 'codex'],
    [['node', '--no-warnings', '/opt/codex/bin/codex.js'], 'codex'],
    [['npx', '@openai/codex@0.118.0'], 'codex'],
    [['env', 'GEMINI_SANDBOX=1', 'gemini'], 'gemini'],
    [['bunx', '@google/gemini-cli'], 'gemini'],
    [['opencode', '--port', '4096'], 'opencode'],
    [['npx', '@github/copilot'], 'copilot'],
    [['npx', '@qwen-code/qwen-code'], 'qwen'],
    [['qwen', '--continue'], 'qwen'],
    [['pi', '--provider', 'x'], 'pi'],
    [['npx', '@mariozechner/pi-coding-agent'], 'pi'],
    [['cline', '-i'], 'cline'],
    [['cn'], 'continue'],
    [['aider', '--model', 'x'], 'aider'],
    [['python3', '-m', 'aider'], 'aider'],
    [['uv', 'tool', 'run', 'aider-chat'], 'aider'],
    [['vim', 'claude'], null],
    [['node'], null],
    [['bash', '-c', 'codex'], null],
  ])('recognise %j as %s', (command, name) => {
    expect(recogniseAgent(command, defaultAgents())).toBe(name);
  });
});

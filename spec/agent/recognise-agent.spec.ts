import type { Agent } from '../../src/agent/agent.js';
import { ClaudeCodeAgent } from '../../src/agent/claude-code.js';
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

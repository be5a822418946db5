import { defaultAgents } from '../../src/agent/default-agents.js';
import { recogniseAgent } from '../../src/agent/recognise-agent.js';

describe('defaultAgents', () => {
  it('are known by the names that records have', () => {
    expect(Object.keys(defaultAgents())).toEqual([
      ...[
        'claude-code',
        'codex',
        'gemini',
        'opencode',
        'copilot',
        'qwen',
        'pi',
        'cline',
        'continue',
        'aider',
        'screen',
      ],
    ]);
    expect(recogniseAgent(['claude'], defaultAgents())).toBe('claude-code');
  });
});

import { AiderAgent } from './aider/aider.js';
import type { Agent } from './agent.js';
import type { AgentOptions } from './agent-options.js';
import { ClaudeCodeAgent } from './claude-code/claude-code.js';
import { CodexAgent } from './codex/codex.js';
import { CopilotAgent } from './copilot/copilot.js';
import { builtInDescribedAgents } from './described/described-agents.js';
import { GeminiAgent } from './gemini/gemini.js';
import { OpencodeAgent } from './opencode/opencode.js';
import { PiAgent } from './pi/pi.js';
import { QwenAgent } from './qwen/qwen.js';
import { ScreenAgent } from './screen.js';

/** The agents that come with the package, by the name that records have in `agent`. */
export const defaultAgents = (
  options: Pick<AgentOptions, 'clock' | 'env' | 'hooks'> = {},
): Record<string, Agent> => ({
  'claude-code': new ClaudeCodeAgent(options),
  codex: new CodexAgent(options),
  gemini: new GeminiAgent(options),
  opencode: new OpencodeAgent(options),
  copilot: new CopilotAgent(options),
  qwen: new QwenAgent(options),
  pi: new PiAgent(options),
  ...builtInDescribedAgents(options),
  aider: new AiderAgent(options),
  screen: new ScreenAgent({ clock: options.clock }),
});

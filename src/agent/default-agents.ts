import type { Clock } from '../session/clock.js';
import type { Agent } from './agent.js';
import { ClaudeCodeAgent } from './claude-code.js';
import { ScreenAgent } from './screen.js';

/** The agents that come with the package, by the name that records have in `agent`. */
export const defaultAgents = (options: { clock?: Clock } = {}): Record<string, Agent> => ({
  'claude-code': new ClaudeCodeAgent(options),
  screen: new ScreenAgent(options),
});

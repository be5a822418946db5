import { systemClock } from '../../process/system-clock.js';
import { agentHome } from '../agent-home.js';
import { DEFAULT_CAPACITY, type AgentOptions } from '../agent-options.js';
import { programOf } from '../program-of.js';
import { TerminalAgent } from '../terminal-agent.js';
import { COPILOT_EVENTS, type CopilotState } from './copilot-events.js';
import { COPILOT_TUI } from './copilot-tui.js';
import { CopilotSessions } from './find-copilot-session.js';

/** The names of Copilot CLI's program and of its package. */
const PROGRAMS: readonly string[] = ['copilot', '@github/copilot'];

const RESUMING: ReadonlySet<string> = new Set(['--resume', '--continue', '-r', '-c']);

/** GitHub Copilot CLI: a dialog or a sign of work on its screen, the bell, its session's events (below `~/.copilot`). */
export class CopilotAgent extends TerminalAgent<CopilotState> {
  constructor({
    env = process.env,
    clock = systemClock,
    capacity = DEFAULT_CAPACITY,
    ...options
  }: AgentOptions = {}) {
    const root = agentHome({ env, variable: 'COPILOT_HOME', folder: '.copilot' });
    const sessions = new CopilotSessions({ root, clock, capacity });
    super(
      {
        programs: PROGRAMS,
        tui: COPILOT_TUI,
        transcript: {
          format: COPILOT_EVENTS,
          find: (session, looked) => sessions.find(session, looked),
          resumes: (command) =>
            command.slice(programOf(command).index).some((word) => RESUMING.has(word.split('=')[0] ?? '')),
        },
        forget: (key) => sessions.forget(key),
      },
      { ...options, clock, capacity },
    );
  }
}

import { systemClock } from '../../process/system-clock.js';
import { agentHome } from '../agent-home.js';
import { DEFAULT_CAPACITY, type AgentOptions } from '../agent-options.js';
import { programOf } from '../program-of.js';
import { Rivals } from '../rivals.js';
import { TerminalAgent } from '../terminal-agent.js';
import { PiSessions } from './find-pi-session.js';
import { PI_SESSION, type PiState } from './pi-session.js';
import { PI_TUI } from './pi-tui.js';

/** The names of pi's program and of its packages. */
const PROGRAMS: readonly string[] = [
  'pi',
  '@mariozechner/pi-coding-agent',
  '@earendil-works/pi-coding-agent',
];

const RESUMING: ReadonlySet<string> = new Set(['--continue', '-c', '--resume', '-r', '--session', '--fork']);

const resumes = (command: readonly string[]): boolean =>
  command.slice(programOf(command).index).some((word) => RESUMING.has(word.split('=')[0] ?? ''));

/** pi: its box or a sign of work on the screen, the bell, its session (below `${PI_CODING_AGENT_DIR:-~/.pi/agent}`). */
export class PiAgent extends TerminalAgent<PiState> {
  constructor({
    env = process.env,
    clock = systemClock,
    capacity = DEFAULT_CAPACITY,
    ...options
  }: AgentOptions = {}) {
    const rivals = new Rivals({ capacity });
    const root = agentHome({ env, variable: 'PI_CODING_AGENT_DIR', folder: '.pi/agent' });
    const sessions = new PiSessions({ root, clock, rivals, capacity, resumes });
    super(
      {
        programs: PROGRAMS,
        tui: PI_TUI,
        transcript: {
          format: PI_SESSION,
          find: (session, looked) => sessions.find(session, looked),
          resumes,
        },
        forget: (key) => sessions.forget(key),
      },
      { ...options, clock, capacity, rivals },
    );
  }
}

import { systemClock } from '../../process/system-clock.js';
import { agentHome } from '../agent-home.js';
import { DEFAULT_CAPACITY, type AgentOptions } from '../agent-options.js';
import { CODEX_PROGRAMS, resumesCodex } from './codex-command.js';
import { CODEX_TRANSCRIPT, type CodexState } from './codex-transcript.js';
import { CodexTitle } from './codex-title.js';
import { CODEX_TUI } from './codex-tui.js';
import { CodexRollouts } from './find-codex-rollout.js';
import { Rivals } from '../rivals.js';
import { TerminalAgent } from '../terminal-agent.js';

/** Codex: its screen, its window's title, its hooks, its rollout (below `${CODEX_HOME:-~/.codex}`). */
export class CodexAgent extends TerminalAgent<CodexState> {
  constructor({
    env = process.env,
    clock = systemClock,
    capacity = DEFAULT_CAPACITY,
    ...options
  }: AgentOptions = {}) {
    const rivals = new Rivals({ capacity });
    const root = agentHome({ env, variable: 'CODEX_HOME', folder: '.codex' });
    const rollouts = new CodexRollouts({ root, clock, rivals, capacity });
    const title = new CodexTitle({ root, clock });
    super(
      {
        programs: CODEX_PROGRAMS,
        tui: CODEX_TUI,
        transcript: {
          format: CODEX_TRANSCRIPT,
          find: (session, options) => rollouts.find(session, options),
          resumes: resumesCodex,
        },
        readTitle: (session, shown) => title.read(session, shown),
        forget: (key) => rollouts.forget(key),
      },
      { ...options, clock, capacity, rivals },
    );
  }
}

import { join } from 'node:path';
import { systemClock } from '../../process/system-clock.js';
import { agentHome } from '../agent-home.js';
import { DEFAULT_CAPACITY, type AgentOptions } from '../agent-options.js';
import { GeminiChats } from './find-gemini-chat.js';
import { GEMINI_PROGRAMS, resumesGemini } from './gemini-command.js';
import { GEMINI_TUI } from './gemini-tui.js';
import { GEMINI_TRANSCRIPT, type GeminiState } from './gemini-transcript.js';
import { Rivals } from '../rivals.js';
import { TerminalAgent } from '../terminal-agent.js';

/** Gemini CLI: its hooks, its window's title, the bell, a dialog on its screen, its chat (below `~/.gemini`). */
export class GeminiAgent extends TerminalAgent<GeminiState> {
  constructor({
    env = process.env,
    clock = systemClock,
    capacity = DEFAULT_CAPACITY,
    ...options
  }: AgentOptions = {}) {
    const rivals = new Rivals({ capacity });
    const home = env['GEMINI_CLI_HOME'] ?? '';
    const root = home === '' ? agentHome({ env, folder: '.gemini' }) : join(home, '.gemini');
    const chats = new GeminiChats({ root, clock, rivals, capacity });
    super(
      {
        programs: GEMINI_PROGRAMS,
        tui: GEMINI_TUI,
        transcript: {
          format: GEMINI_TRANSCRIPT,
          find: (session, { isGone }) => chats.find(session, { isGone }),
          resumes: resumesGemini,
        },
        forget: (key) => chats.forget(key),
      },
      { ...options, clock, capacity, rivals },
    );
  }
}

import { agentHome } from '../agent-home.js';
import { DEFAULT_CAPACITY, type AgentOptions } from '../agent-options.js';
import { programOf } from '../program-of.js';
import { TerminalAgent } from '../terminal-agent.js';
import { QwenChats } from './find-qwen-chat.js';
import { QWEN_CHAT, type QwenState } from './qwen-chat.js';
import { QWEN_TUI } from './qwen-tui.js';

/** The names of Qwen Code's program and of its package. */
const PROGRAMS: readonly string[] = ['qwen', '@qwen-code/qwen-code'];

const RESUMING: ReadonlySet<string> = new Set(['--continue', '-c', '--resume', '-r']);

/** Qwen Code: its window's title, a dialog or a sign of work on its screen, the bell, its chat (below `~/.qwen`). */
export class QwenAgent extends TerminalAgent<QwenState> {
  constructor({ env = process.env, capacity = DEFAULT_CAPACITY, ...options }: AgentOptions = {}) {
    const chats = new QwenChats({ root: agentHome({ env, folder: '.qwen' }), capacity });
    super(
      {
        programs: PROGRAMS,
        tui: QWEN_TUI,
        transcript: {
          format: QWEN_CHAT,
          find: (session, looked) => chats.find(session, looked),
          resumes: (command) =>
            command.slice(programOf(command).index).some((word) => RESUMING.has(word.split('=')[0] ?? '')),
        },
        forget: (key) => chats.forget(key),
      },
      { ...options, capacity },
    );
  }
}

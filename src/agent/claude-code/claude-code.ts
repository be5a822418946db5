import { systemClock } from '../../process/system-clock.js';
import type { KnownProcess } from '../../process/check-process.js';
import { processHome } from '../agent-home.js';
import { DEFAULT_CAPACITY, type AgentOptions } from '../agent-options.js';
import { CLAUDE_PROGRAMS, nameConversation, resumesConversation } from './claude-command.js';
import { ClaudeConversations } from './claude-conversations.js';
import { readStatus } from './claude-status-files.js';
import { CLAUDE_TRANSCRIPT, type ClaudeState } from './claude-transcript.js';
import { CLAUDE_TUI } from './claude-tui.js';
import { failed } from '../source/reading-of.js';
import { Rivals } from '../rivals.js';
import { TerminalAgent } from '../terminal-agent.js';
import { TranscriptError } from '../transcript/transcript-error.js';

/** Where the agent keeps its files, and what every agent can be given; all of it has defaults. */
export interface ClaudeCodeAgentOptions extends AgentOptions {
  /** Claude Code's own folder; by default each process's `${CLAUDE_CONFIG_DIR:-~/.claude}`. */
  configDir?: string;
}

/** Claude Code: its hooks, its own note on its process, the bell, a dialog on its screen, its transcript. */
export class ClaudeCodeAgent extends TerminalAgent<ClaudeState> {
  constructor({
    env = process.env,
    configDir,
    clock = systemClock,
    capacity = DEFAULT_CAPACITY,
    ...options
  }: ClaudeCodeAgentOptions = {}) {
    const rivals = new Rivals({ capacity });
    const folders = new Map<string, ClaudeConversations>();
    const conversationsOf = (agent: KnownProcess | null): ClaudeConversations => {
      const root = configDir ?? processHome(agent, { env, variable: 'CLAUDE_CONFIG_DIR', folder: '.claude' });
      const known = folders.get(root) ?? new ClaudeConversations({ root, clock, capacity, rivals });
      folders.set(root, known);
      return known;
    };
    super(
      {
        programs: CLAUDE_PROGRAMS,
        tui: CLAUDE_TUI,
        transcript: {
          format: CLAUDE_TRANSCRIPT,
          find: (session, options) => conversationsOf(options.processes.agent).find(session, options),
          resumes: resumesConversation,
        },
        forget: (key) => {
          for (const conversations of folders.values()) conversations.forget(key);
        },
        async readOwn(session, { now, processes }) {
          try {
            const conversations = conversationsOf(processes.agent);
            const note = await conversations.status(session, processes);
            return [{ reading: readStatus(note, now), isUnchanged: conversations.lasting(note) }];
          } catch (error) {
            if (!(error instanceof TranscriptError)) throw error;
            return [{ reading: failed('status_file', error, now), isUnchanged: null }];
          }
        },
      },
      { ...options, clock, capacity, rivals },
    );
  }

  /** Gives the conversation an id of ours, as the command line takes one, so that its files are found at once. */
  prepare(command: readonly string[]): { command: string[]; agentSession: string | null } {
    return nameConversation(command);
  }
}

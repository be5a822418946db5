import { systemClock } from '../process/system-clock.js';
import { agentHome } from './agent-home.js';
import { DEFAULT_CAPACITY, type AgentOptions } from './agent-options.js';
import { CLAUDE_PROGRAMS, nameConversation, resumesConversation } from './claude-command.js';
import { ClaudeConversations } from './claude-conversations.js';
import { readStatus } from './claude-status-files.js';
import { CLAUDE_TRANSCRIPT, type ClaudeState } from './claude-transcript.js';
import { failed } from './reading-of.js';
import { Rivals } from './rivals.js';
import { TranscriptAgent } from './transcript-agent.js';
import { TranscriptError } from './transcript-error.js';

export interface ClaudeCodeAgentOptions extends AgentOptions {
  /** Claude Code's own folder; by default `${CLAUDE_CONFIG_DIR:-~/.claude}`. */
  configDir?: string;
}

/** The choice that Claude Code's dialogs have in front of the person. */
const DIALOG = /^[\s│]*❯ 1\. \S/;

/** Claude Code: its hooks, its own note on its process, the bell, a dialog on its screen, its transcript. */
export class ClaudeCodeAgent extends TranscriptAgent<ClaudeState> {
  constructor({
    env = process.env,
    configDir = agentHome({ env, variable: 'CLAUDE_CONFIG_DIR', folder: '.claude' }),
    clock = systemClock,
    capacity = DEFAULT_CAPACITY,
    ...options
  }: ClaudeCodeAgentOptions = {}) {
    const rivals = new Rivals({ capacity });
    const conversations = new ClaudeConversations({ root: configDir, clock, capacity, rivals });
    super(
      {
        programs: CLAUDE_PROGRAMS,
        dialog: DIALOG,
        format: CLAUDE_TRANSCRIPT,
        find: (session, options) => conversations.find(session, options),
        resumes: resumesConversation,
        async readOwn(session, { now }) {
          try {
            return [readStatus(await conversations.status(session), now)];
          } catch (error) {
            if (!(error instanceof TranscriptError)) throw error;
            return [failed('status_file', error, now)];
          }
        },
      },
      { ...options, clock, capacity, rivals },
    );
  }

  prepare(command: readonly string[]): { command: string[]; agentSession: string | null } {
    return nameConversation(command);
  }
}

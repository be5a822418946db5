import { join } from 'node:path';
import { systemClock } from '../process/system-clock.js';
import { agentHome } from './agent-home.js';
import { DEFAULT_CAPACITY, type AgentOptions } from './agent-options.js';
import { GeminiChats } from './find-gemini-chat.js';
import { GEMINI_PROGRAMS, resumesGemini } from './gemini-command.js';
import { readGeminiTitle } from './gemini-title.js';
import { GEMINI_TRANSCRIPT, type GeminiState } from './gemini-transcript.js';
import { Rivals } from './rivals.js';
import { TranscriptAgent } from './transcript-agent.js';

/** The choice that Gemini's dialogs have in front of the person. */
const DIALOG = /^[\s│]*● 1\. \S/;

/** Gemini CLI: its hooks, its window's title, the bell, a dialog on its screen, its chat (below `~/.gemini`). */
export class GeminiAgent extends TranscriptAgent<GeminiState> {
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
        dialog: DIALOG,
        format: GEMINI_TRANSCRIPT,
        find: (session, { isGone }) => chats.find(session, { isGone }),
        resumes: resumesGemini,
        readOwn: (session, { view, now }) => Promise.resolve([readGeminiTitle(session, { view, now })]),
      },
      { ...options, clock, capacity, rivals },
    );
  }
}

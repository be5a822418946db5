import { join } from 'node:path';
import { systemClock } from '../../process/system-clock.js';
import { agentHome } from '../agent-home.js';
import { DEFAULT_CAPACITY, type AgentOptions } from '../agent-options.js';
import type { DialogTraits } from '../source/dialog-source.js';
import { GeminiChats } from './find-gemini-chat.js';
import { GEMINI_PROGRAMS, resumesGemini } from './gemini-command.js';
import { readGeminiTitle } from './gemini-title.js';
import { GEMINI_TRANSCRIPT, type GeminiState } from './gemini-transcript.js';
import { Rivals } from '../rivals.js';
import { TranscriptAgent } from '../transcript/transcript-agent.js';

/** The choices of Gemini's dialogs. */
const DIALOG: DialogTraits = { marked: /^[\s│]*● \d/, question: /^[\s│]*● \d+\. \S/ };

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
        forget: (key) => chats.forget(key),
        resumes: resumesGemini,
        // The title is what the view shows, as long as that shows the same.
        readOwn: (session, { view, now }) =>
          Promise.resolve([{ reading: readGeminiTitle(session, { view, now }), isUnchanged: () => true }]),
      },
      { ...options, clock, capacity, rivals },
    );
  }
}

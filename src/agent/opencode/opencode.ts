import type { SessionKey } from '../../session/session-key.js';
import type { AgentOptions } from '../agent-options.js';
import { OPENCODE_PROGRAMS } from './opencode-command.js';
import { OPENCODE_PARTS, type OpencodeState } from './opencode-parts.js';
import { OPENCODE_TUI } from './opencode-tui.js';
import { readOpencodeServer } from './opencode-source.js';
import { ScreenAgent } from '../screen.js';
import { TerminalAgent } from '../terminal-agent.js';

export interface OpencodeAgentOptions extends AgentOptions {
  /** A file of message parts, one of JSON a line, in the place of the database, which only opencode reads. */
  exportPath?: string;
}

/**
 * opencode: its hooks, its server (`--port`), a dialog or a sign of work on its screen, the bell. Its database is SQLite,
 * which it alone can read.
 */
export class OpencodeAgent extends TerminalAgent<OpencodeState> {
  readonly #screen: ScreenAgent;

  constructor({ exportPath, ...options }: OpencodeAgentOptions = {}) {
    const screen = new ScreenAgent({ clock: options.clock, capacity: options.capacity });
    super(
      {
        programs: OPENCODE_PROGRAMS,
        tui: OPENCODE_TUI,
        transcript:
          exportPath === undefined
            ? null
            : {
                format: OPENCODE_PARTS,
                find: () => Promise.resolve({ path: exportPath, root: exportPath }),
                resumes: () => false,
              },
        // Where nothing can be seen of its screen, its output is all that tells.
        readLast: async (session, { view }) =>
          view.screen ? [] : (await screen.explain(session, view)).slice(-1),
        readOwn: async (session, { signal, now }) => [
          { reading: await readOpencodeServer(session, { signal, now }), isUnchanged: null },
        ],
      },
      options,
    );
    this.#screen = screen;
  }

  override forget(key: SessionKey): void {
    super.forget(key);
    this.#screen.forget(key);
  }
}

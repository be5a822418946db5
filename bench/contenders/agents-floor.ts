import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TmuxServer } from 'tmux-js-bridge';
import { SessionManager } from '../../index.js';
import { WARM_UP_PASSES, type Enter } from '../contender.js';
import { transcriptOf } from '../transcript-of.js';

/** The floor of a pass over agents: as without them, and for each one `lstat` of its transcript and one look at its process. */
export const enter: Enter = async ({ home, socketPath }) => {
  const server = new TmuxServer({ socketPath });
  const directory = join(home, 'sessions', 'default');
  const configDir = process.env['CLAUDE_CONFIG_DIR'] ?? '';
  const { sessions } = await new SessionManager({ home }).list();
  const agents = sessions.map(({ workspacePath, agentSession, handle }) => ({
    transcript: transcriptOf(configDir, workspacePath ?? '', agentSession ?? ''),
    stat: `/proc/${String(handle?.['panePid'])}/stat`,
  }));
  const pass = async (): Promise<void> => {
    for (const name of readdirSync(directory)) lstatSync(join(directory, name), { bigint: true });
    await server.listPanes();
    for (const { transcript, stat } of agents) {
      lstatSync(transcript);
      readFileSync(stat, 'latin1');
    }
  };
  for (let number = 0; number < WARM_UP_PASSES; number += 1) await pass();
  return { pass, close: () => server.close() };
};

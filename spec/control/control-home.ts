import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PrivateTmux } from '../../fixtures/processes/private-tmux.js';
import type { ControlContext } from '../../src/control/control-context.js';
import { defaultAgents } from '../../src/agent/default-agents.js';
import { systemClock } from '../../src/process/system-clock.js';
import { defaultRuntimes } from '../../src/runtime/default-runtimes.js';
import { sessionKey } from '../../src/session/session-key.js';
import type { Session } from '../../src/session/session.js';
import { SessionManager } from '../../src/store/session-manager.js';

/** A home and a tmux server of a spec file's own, and what it takes to act on them. */
export class ControlHome {
  readonly tmux = new PrivateTmux();
  readonly sessions = new SessionManager({ home: this.tmux.directory.file('home') });
  readonly context: ControlContext = {
    sessions: this.sessions,
    runtimes: defaultRuntimes({ socketPath: this.tmux.socketPath }),
    agents: defaultAgents(),
    clock: systemClock,
  };

  /** Saves a new record. */
  save(session: Session): Promise<Session> {
    return this.sessions.save({ ...session, rev: 0 }, { writtenBy: 'spec' });
  }

  /** Puts bytes in a record's place. */
  async put(key: string, bytes: string): Promise<void> {
    const path = this.sessions.layout.sessionFile(key);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
  }

  async keys(): Promise<string[]> {
    return (await this.sessions.list()).sessions.map(sessionKey).sort();
  }

  read(file: string): string {
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }
}

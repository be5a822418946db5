import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  adoptPrograms,
  killSession,
  pruneSessions,
  sendText,
  spawnSession,
  type Session,
} from '../../index.js';
import { checkProcess } from '../../src/process/check-process.js';
import { paneProcess, parseTmuxHandle } from '../../src/runtime/tmux-handle.js';
import { isTerminal } from '../../src/session/status.js';
import type { Fate, Life } from './life.js';
import type { Stage } from './stage.js';

const run = promisify(execFile);

export interface DeedsOptions {
  stage: Stage;
  /** A program is killed from outside, in this very moment. */
  onKill: (key: string) => void;
}

/** What is done to sessions: by the library, by the command, by tmux, and by other writers. */
export class Deeds {
  readonly #stage: Stage;
  readonly #onKill: (key: string) => void;
  #hasJunk = false;

  constructor({ stage, onKill }: DeedsOptions) {
    this.#stage = stage;
    this.#onKill = onKill;
  }

  async bear({ birth, agent, steps }: Life, id: string, workspacePath: string): Promise<void> {
    const { context, tmux, home, programs } = this.#stage;
    const command = [programs[agent], ...steps];
    if (birth === 'spawned') {
      await spawnSession(context, { id, agent, workspacePath, command });
    } else if (birth === 'adopted') {
      await tmux.run('new-session', '-d', '-s', id, '-c', workspacePath, ...command);
      await adoptPrograms(context, { targets: [id], agent });
    } else {
      const place = ['--home', home, '--tmux-socket', tmux.socketPath, '--cwd', workspacePath];
      await this.#runVitals('spawn', ...place, '--id', id, '--agent', agent, '--', ...command);
    }
  }

  async end(key: string, fate: Exclude<Fate, 'own'>): Promise<void> {
    const { context, tmux, home } = this.#stage;
    const session = await context.sessions.get(key);
    if (!session?.handle || isTerminal(session.status)) return;
    const handle = parseTmuxHandle(session.handle);
    switch (fate) {
      case 'process_killed':
        if (checkProcess(paneProcess(handle)).state !== 'alive') return;
        this.#onKill(key);
        process.kill(handle.panePid, 'SIGKILL');
        return;
      case 'tmux_killed':
        this.#onKill(key);
        await tmux.run('kill-session', '-t', handle.sessionId);
        return;
      case 'killed':
        await killSession(context, key);
        return;
      case 'killed_by_command':
        await this.#runVitals('kill', '--home', home, key);
    }
  }

  /** What a person types when asked. */
  async answer(key: string): Promise<void> {
    const { context } = this.#stage;
    const session = await context.sessions.get(key);
    if (session) await sendText(context, session, { text: 'go on', submit: true });
  }

  /** Another writer changes a record. */
  async edit(key: string, change: Partial<Session>): Promise<void> {
    await this.#stage.context.sessions.update(
      key,
      (session) => (isTerminal(session.status) || !session.handle ? null : { ...session, ...change }),
      { writtenBy: 'soak' },
    );
  }

  async prune(olderThanMs: number): Promise<void> {
    await pruneSessions(this.#stage.context, { olderThanMs });
  }

  /** Puts what is no record into a record's place, or takes it away. */
  async toggleJunk(): Promise<void> {
    const path = join(this.#stage.home, 'sessions', 'default', 'junk.json');
    this.#hasJunk = !this.#hasJunk;
    if (this.#hasJunk) await writeFile(path, '{"half":');
    else await rm(path, { force: true });
  }

  async #runVitals(...args: string[]): Promise<void> {
    const [file = '', ...first] = this.#stage.vitals;
    await run(file, [...first, ...args]);
  }
}

import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { TemporaryDirectory } from '../../fixtures/processes/temporary-directory.js';
import { makeSession } from '../../fixtures/sessions.js';
import type { Agent } from '../../src/agent/agent.js';
import type { Signs } from '../../src/runtime/runtime.js';
import type { Session } from '../../src/session/session.js';
import { aView } from './a-view.js';
import { HandClock } from './hand-clock.js';

export const BEGAN = '2026-03-01T12:00:00.000Z';

/** The time so many seconds after the sessions began. */
export const after = (seconds: number): string => new Date(Date.parse(BEGAN) + seconds * 1_000).toISOString();

/** A home with an agent's own folders in it, and a workspace. */
export class AgentFolders {
  readonly home = new TemporaryDirectory();
  readonly work = this.home.file('work');
  readonly env = { HOME: this.home.path };
  readonly clock = new HandClock(after(100));

  session(fields: Partial<Session> = {}): Session {
    return makeSession({ createdAt: BEGAN, workspacePath: this.work, ...fields });
  }

  /** Writes a file below the home, last changed so many seconds after the sessions began. */
  async write(path: string, lines: readonly string[], seconds = 50): Promise<string> {
    const file = join(this.home.path, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, lines.map((line) => `${line}\n`).join(''));
    await utimes(file, new Date(after(seconds)), new Date(after(seconds)));
    return file;
  }

  /** What an agent says of a session: its activity, or why that is not known. */
  async ask(
    agent: Agent,
    fields: Partial<Session> = {},
    signs: Partial<Signs> | null = null,
  ): Promise<string> {
    const options = { signal: new AbortController().signal };
    const { activity, evidence } = await agent.detectActivity(this.session(fields), aView(signs), options);
    return activity ?? evidence.detail;
  }
}

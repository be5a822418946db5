import { readFileSync, truncateSync } from 'node:fs';
import { FakeAgent } from '../../fixtures/fakes/fake-agent.js';
import { FakeRuntime } from '../../fixtures/fakes/fake-runtime.js';
import { TemporaryDirectory } from '../../fixtures/processes/temporary-directory.js';
import { journalDirectory, listSegments } from '../../src/journal/segments.js';
import type { LifecycleEvent } from '../../src/session/event.js';
import type { Session } from '../../src/session/session.js';
import { SessionManager } from '../../src/store/session-manager.js';
import { LifecycleManager, type LifecycleManagerOptions } from '../../streams/lifecycle-manager.js';
import { fakeSession, say } from './watch-loop.js';

/** Managers on homes of a spec file's own, with fakes for what runs there; nothing of it outlives a test. */
export class SharedHome {
  readonly root = new TemporaryDirectory();
  runtime = new FakeRuntime();
  agent = new FakeAgent();
  readonly warnings: string[] = [];
  home = '';
  sessions = new SessionManager({ home: this.root.path });
  #managers: LifecycleManager[] = [];

  begin(): void {
    this.home = this.root.fresh('home');
    this.runtime = new FakeRuntime();
    this.agent = new FakeAgent();
    this.sessions = new SessionManager({ home: this.home });
    this.warnings.length = 0;
  }

  async end(): Promise<void> {
    for (const manager of this.#managers.splice(0)) await manager.stop();
  }

  put(id: string, overrides: Partial<Session> = {}): Promise<Session> {
    return this.sessions.save(fakeSession(id, { rev: 0, ...overrides }));
  }

  async change(id: string, change: Partial<Session>): Promise<Session> {
    const session = await this.sessions.get(`shop/${id}`);
    if (!session) throw new Error(`there is no session ${id}`);
    return this.sessions.save({ ...session, ...change });
  }

  /** Leaves the last line of the journal half written, as a disk that got full does. */
  tearJournal(): void {
    const { path = '' } = listSegments(journalDirectory(this.home)).at(-1) ?? {};
    const text = readFileSync(path, 'utf8');
    const lastLine = text.slice(text.lastIndexOf('\n', text.length - 2) + 1);
    truncateSync(path, Buffer.byteLength(text) - Math.ceil(Buffer.byteLength(lastLine) / 2));
  }

  /** A manager that knows the fakes, and so leads or fails. */
  leader(options: Partial<LifecycleManagerOptions> = {}): Watched {
    return this.open({ runtimes: { fake: this.runtime }, agents: { fake: this.agent }, ...options });
  }

  /** A manager that knows what comes with the package, and so may follow. */
  open(options: Partial<LifecycleManagerOptions> = {}): Watched {
    const manager = new LifecycleManager({
      sessions: new SessionManager({ home: this.home }),
      pollIntervalMs: 100,
      warn: (message) => this.warnings.push(message),
      ...options,
    });
    this.#managers.push(manager);
    const events: LifecycleEvent[] = [];
    manager.event$.subscribe((event) => events.push(event));
    return { manager, events, told: () => events.map(say) };
  }
}

export interface Watched {
  manager: LifecycleManager;
  events: LifecycleEvent[];
  told: () => string[];
}

import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  defaultAgents,
  defaultRuntimes,
  LifecycleManager,
  prepareHome,
  SessionManager,
  systemClock,
  type ControlContext,
} from '../../index.js';
import { foldJournal } from '../../src/journal/fold-journal.js';
import { journalDirectory } from '../../src/journal/segments.js';
import { formatCursor } from '../../src/session/place.js';
import { endStrays } from './end-strays.js';
import { PrivateTmux } from './private-tmux.js';
import { standIn } from './stand-in.js';

const VITALS = fileURLToPath(new URL('../../bin/main.js', import.meta.url));

/** Where a soak takes place: a directory with a home, a tmux server and programs of its own. */
export class Stage {
  readonly home: string;
  readonly tmux: PrivateTmux;
  readonly context: ControlContext;
  /** argv of the command. */
  readonly vitals: readonly string[] = [process.execPath, VITALS];
  readonly programs: { 'claude-code': string; screen: string };
  readonly workspaces: readonly string[];
  /** The environment of those who watch. */
  readonly env: NodeJS.ProcessEnv;

  static async build(): Promise<Stage> {
    const stage = new Stage(await mkdtemp(join(tmpdir(), 'vitals-soak-')));
    await stage.#furnish();
    return stage;
  }

  private constructor(readonly directory: string) {
    this.home = join(directory, 'home');
    this.tmux = new PrivateTmux(directory);
    this.programs = {
      'claude-code': join(directory, 'bin', 'claude'),
      screen: join(directory, 'bin', 'worker'),
    };
    this.workspaces = ['shop', 'site', 'api', 'docs'].map((name) => join(directory, name));
    this.env = { ...process.env, CLAUDE_CONFIG_DIR: this.#claudeDirectory, VITALS_HOME: this.home };
    delete this.env['TMUX'];
    this.context = {
      sessions: new SessionManager({ home: this.home }),
      runtimes: defaultRuntimes({ socketPath: this.tmux.socketPath }),
      agents: defaultAgents(),
      clock: systemClock,
    };
  }

  /** Where all begin: after a first pass over nothing. */
  async firstCursor(): Promise<string> {
    const manager = new LifecycleManager({ sessions: this.context.sessions });
    await manager.tick();
    await manager.stop();
    const folded = foldJournal(journalDirectory(this.home));
    if (!folded) throw new Error('there is no journal');
    return formatCursor(folded.at);
  }

  /** Ends what still runs on it, and removes it. */
  async clear(): Promise<void> {
    await this.tmux.end();
    endStrays(this.directory);
    await rm(this.directory, { recursive: true, force: true, maxRetries: 5 });
  }

  get #claudeDirectory(): string {
    return join(this.directory, 'claude');
  }

  async #furnish(): Promise<void> {
    const vitals = this.vitals.map((word) => `'${word}'`).join(' ');
    const text = standIn({ claudeDirectory: this.#claudeDirectory, home: this.home, vitals });
    await mkdir(dirname(this.programs.screen));
    for (const program of Object.values(this.programs)) {
      await writeFile(program, text);
      await chmod(program, 0o755);
    }
    for (const workspace of this.workspaces) await mkdir(workspace);
    await prepareHome(this.context.sessions);
  }
}

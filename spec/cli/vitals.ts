import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { PrivateTmux } from '../../fixtures/processes/private-tmux.js';
import { defaultAgents } from '../../src/agent/default-agents.js';
import { spawnSession, type SpawnOptions } from '../../src/control/spawn-session.js';
import { systemClock } from '../../src/process/system-clock.js';
import { defaultRuntimes } from '../../src/runtime/default-runtimes.js';
import type { LifecycleEvent } from '../../src/session/event.js';
import type { Session } from '../../src/session/session.js';
import { SessionManager } from '../../src/store/session-manager.js';
import { checkLine } from './check-line.js';
import { EventsCommand } from './events-command.js';

/** The built command's file. */
export const MAIN = resolve(__dirname, '../../dist/bin/main.js');

/** What it hands command lines to. */
const COMMAND_LINE = resolve(__dirname, '../../dist/cli/command-line/run-command-line.js');

export interface StartOptions {
  env?: NodeJS.ProcessEnv;
  uid?: number;
  /** What Node.js runs: the built command unless told. */
  program?: readonly string[];
}

export interface Ended {
  stdout: string;
  stderr: string;
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** The built command, with a home and a tmux server of a spec file's own. */
export class Vitals {
  readonly tmux = new PrivateTmux();
  readonly home = this.tmux.directory.file('home');
  readonly sessions = new SessionManager({ home: this.home });
  readonly env: NodeJS.ProcessEnv = { ...this.tmux.env, VITALS_HOME: this.home };
  readonly #running = new Set<ChildProcessWithoutNullStreams>();

  constructor() {
    for (const name of ['FORCE_COLOR', 'NO_COLOR', 'DEBUG', 'NODE_OPTIONS']) this.env[name] = undefined;
  }

  /** Starts the command and leaves it running. */
  start(
    args: string[],
    { env = {}, uid, program = [MAIN] }: StartOptions = {},
  ): ChildProcessWithoutNullStreams {
    const child = spawn(process.execPath, [...program, ...args], {
      cwd: this.tmux.directory.path,
      env: { ...this.env, ...env },
      ...(uid !== undefined && { uid, gid: uid }),
    });
    this.#running.add(child);
    child.once('exit', () => this.#running.delete(child));
    return child;
  }

  /** Runs the command to its end. */
  async run(
    args: string[],
    { stdin = '', ...options }: StartOptions & { stdin?: string } = {},
  ): Promise<Ended> {
    const child = this.start(args, options);
    child.stdin.on('error', () => undefined);
    child.stdin.end(stdin);
    const [stdout, stderr, [code, signal]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>,
    ]);
    return { stdout, stderr, code, signal };
  }

  /** Runs command lines one after the other in one process, as `vitals` would each: to start one takes the longest. */
  async runAll(commandLines: readonly string[][]): Promise<Pick<Ended, 'stdout' | 'stderr' | 'code'>[]> {
    const script = `import { runCommandLine } from ${JSON.stringify(COMMAND_LINE)};
      for (const line of ${JSON.stringify(commandLines)}) {
        const code = await runCommandLine(line);
        process.stdout.write('\\f' + code + '\\f');
        process.stderr.write('\\f');
      }`;
    const { stdout, stderr, code } = await this.run([], {
      program: ['--input-type=module', '-e', script],
    });
    if (code !== 0) throw new Error(`the command lines ended with ${String(code)}: ${stderr}`);
    const parts = stdout.split('\f');
    return stderr
      .split('\f')
      .slice(0, -1)
      .map((text, index) => ({
        stdout: parts[2 * index] ?? '',
        code: Number(parts[2 * index + 1]),
        stderr: text,
      }));
  }

  /** Runs the command, which must succeed; returns what it printed. */
  async do(...args: string[]): Promise<string> {
    const { stdout, stderr, code } = await this.run(args);
    if (code !== 0) throw new Error(`vitals ${args.join(' ')} exited with ${String(code)}: ${stderr}`);
    return stdout.trim();
  }

  /** Spawns a session that runs this line of shell, as `vitals spawn` does; returns its record. */
  async spawn(id: string, script: string, options: Partial<SpawnOptions> = {}): Promise<Session> {
    const session = await spawnSession(
      {
        sessions: this.sessions,
        runtimes: defaultRuntimes({ socketPath: this.tmux.socketPath }),
        agents: defaultAgents(),
        clock: systemClock,
      },
      { id, command: ['sh', '-c', script], workspacePath: this.tmux.directory.path, ...options },
    );
    const { handle } = session;
    if (handle?.type === 'process') this.tmux.ends(Number(handle['pid']));
    return session;
  }

  /** Runs `events --once`; returns its events. */
  async passOnce(...args: string[]): Promise<LifecycleEvent[]> {
    return readEvents(await this.do('events', '--once', ...args));
  }

  /** Starts `events`; resolves once it has made its first pass. */
  async watch(...args: string[]): Promise<EventsCommand> {
    const events = new EventsCommand(this.start(['events', '--interval', '100ms', ...args]));
    await events.watching;
    return events;
  }

  async stop(): Promise<void> {
    for (const child of this.#running) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await this.tmux.stop();
  }
}

/** What lines of `vitals events` say. */
export const readEvents = (output: string): LifecycleEvent[] =>
  output === '' ? [] : output.trim().split('\n').map(checkLine);

/** The values of lines of JSON. */
export const readLines = (output: string): unknown[] =>
  output === ''
    ? []
    : output
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown);

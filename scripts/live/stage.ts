import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync, openSync, readFileSync } from 'node:fs';
import { chmod, mkdir, readdir, readlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Place, Profile } from './agents/profile.js';
import { ModelServer } from './model/server.js';

/** The model's port: the namespace is the run's own, so it is always free. */
export const MODEL_PORT = 8899;

/** How often each screen is looked at, for the record. */
const SAMPLE_MS = 500;

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end, at most a minute; never rejects. */
export const run = (command: string, args: readonly string[], stdin = ''): Promise<Ran> =>
  new Promise((resolve) => {
    const options = { maxBuffer: 2 ** 26, timeout: 60_000 };
    const child = execFile(command, [...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      resolve({ code, stdout, stderr });
    });
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(stdin);
  });

export interface CommandEntry {
  atMs: number;
  event: 'begin' | 'end';
  nonce: string;
}

/** All that the scenarios of one run share: the model, the watching loop, the home, the terminal server. */
export class Stage {
  readonly model: ModelServer;
  readonly place: Place;
  #events: ChildProcess | null = null;
  #sampling: Promise<void> | null = null;
  #isOver = false;

  constructor(
    readonly options: { folder: string; profile: Profile; isHooked: boolean; scenarios: readonly string[] },
  ) {
    const { folder, isHooked, scenarios } = options;
    this.model = new ModelServer({ port: MODEL_PORT, logFile: join(folder, 'model.ndjson') });
    this.place = {
      home: join(folder, 'home'),
      trusted: ['hooks', ...scenarios].map((name) => this.directoryOf(name)),
      modelUrl: `http://127.0.0.1:${MODEL_PORT}`,
      isHooked,
      run,
    };
  }

  /** Where the session of a scenario works. */
  directoryOf(scenario: string): string {
    return join(this.options.folder, 'work', scenario);
  }

  /** Sets everything up and begins to watch; resolves to why hooks could not be installed, or null. */
  async open(): Promise<string | null> {
    const { folder, profile, isHooked } = this.options;
    for (const name of ['work', 'raw']) await mkdir(join(folder, name), { recursive: true });
    for (const directory of this.place.trusted) await this.makeProject(directory);
    await this.model.listen();
    await profile.prepare(this.place);
    if (isHooked) {
      const { code, stderr } = await this.vitals('hooks', 'install', profile.agent, '--yes');
      if (code !== 0) return stderr.trim();
      await this.#trustHooks();
    }
    this.startEvents();
    this.#sampling = this.#sample();
    await delay(1500);
    return null;
  }

  /** Makes a directory for a session to work in: a repository that holds the scenarios' command. */
  async makeProject(directory: string): Promise<void> {
    await mkdir(directory, { recursive: true });
    const author = ['-c', 'user.name=Nobody', '-c', 'user.email=nobody@localhost'];
    await run('git', ['init', '--quiet', directory]);
    await run('git', [...author, '-C', directory, 'commit', '--quiet', '--allow-empty', '-m', 'Begin']);
    await writeCommand(directory, join(this.options.folder, 'commands.ndjson'));
  }

  vitals = (...args: string[]): Promise<Ran> => run('vitals', args);
  tmux = (...args: string[]): Promise<Ran> => run('tmux', args);

  startEvents(): void {
    const { folder } = this.options;
    const stdio = [
      'ignore',
      openSync(join(folder, 'events.ndjson'), 'a'),
      openSync(join(folder, 'events.err'), 'a'),
    ];
    this.#events = spawn('vitals', ['events', '--interval', '1s'], { stdio: stdio as never });
  }

  /** Ends the watching loop and begins another, which knows only what is on disk. */
  async restartEvents(): Promise<void> {
    const ended = new Promise((resolve) => this.#events?.once('exit', resolve));
    this.#events?.kill('SIGTERM');
    await ended;
    this.startEvents();
  }

  /** What the scenarios' command wrote of itself. */
  commands(nonce: string): CommandEntry[] {
    return readLines<CommandEntry>(join(this.options.folder, 'commands.ndjson')).filter(
      (entry) => entry.nonce === nonce,
    );
  }

  /** Trusts the hooks in a session that vitals doesn't know, as a person would once. */
  async #trustHooks(): Promise<void> {
    const { trustHooks, command } = this.options.profile;
    if (trustHooks === undefined) return;
    const size = ['-x', '120', '-y', '40'];
    await this.tmux(
      'new-session',
      '-d',
      '-s',
      'hooks',
      ...size,
      '-c',
      this.directoryOf('hooks'),
      command.join(' '),
    );
    for (let tries = 100; tries > 0; tries -= 1) {
      const { stdout } = await this.tmux('capture-pane', '-p', '-t', '=hooks:');
      if (trustHooks.sign.test(stdout)) break;
      await delay(200);
    }
    for (const key of trustHooks.keys) {
      await delay(500);
      await this.tmux('send-keys', '-t', '=hooks:', key);
    }
    await delay(2500);
    await this.tmux('kill-session', '-t', '=hooks');
    // A daemon that it started belongs to a session of the scenarios instead.
    await endStrays([process.pid]);
  }

  /** Writes down each screen, with its title and bell, when it has changed. */
  async #sample(): Promise<void> {
    const last = new Map<string, string>();
    const format = '#{session_name}|#{window_bell_flag}|#{pane_in_mode}|#{pane_title}';
    while (!this.#isOver) {
      const { stdout } = await this.tmux('list-panes', '-a', '-F', format);
      for (const line of stdout.split('\n').filter(Boolean)) {
        const [session = '', bell, mode, ...title] = line.split('|');
        const screen = (await this.tmux('capture-pane', '-p', '-t', `=${session}:`)).stdout.trimEnd();
        const sample = { session, bell, mode, title: title.join('|'), screen };
        const value = JSON.stringify(sample);
        if (last.get(session) === value) continue;
        last.set(session, value);
        const text = JSON.stringify({ atMs: Date.now(), ...sample });
        appendFileSync(join(this.options.folder, 'screens.ndjson'), `${text}\n`);
      }
      await delay(SAMPLE_MS);
    }
  }

  /** Ends all that the run has started. */
  async close(): Promise<void> {
    this.#isOver = true;
    await this.#sampling;
    this.#events?.kill('SIGTERM');
    await delay(500);
    this.model.close();
    await endStrays([process.pid]);
  }
}

/** The command that agents are made to run says when it begins and ends; profiles allow it as `auto`, and not as `ask`. */
async function writeCommand(directory: string, log: string): Promise<void> {
  const script = `#!/bin/sh
# SECONDS NONCE [chatty]
say() { echo "{\\"atMs\\":$(date +%s%3N),\\"event\\":\\"$1\\",\\"nonce\\":\\"$2\\"}" >> '${log}'; }
say begin "$2"
if [ "$3" = chatty ]; then
  left=$1
  while [ "$left" -gt 0 ]; do echo "$left s left"; sleep 1; left=$((left - 1)); done
else
  sleep "$1"
fi
say end "$2"
echo finished
`;
  for (const name of ['auto', 'ask']) {
    await writeFile(join(directory, name), script);
    await chmod(join(directory, name), 0o755);
  }
}

/** Reads lines of JSON; what is no whole line yet is left out, and a file that isn't there has none. */
export function readLines<Line>(file: string): Line[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  return lines.filter(Boolean).map((line) => JSON.parse(line) as Line);
}

/** The processes in a network namespace but those named: all that a run has started, and its daemons. */
export async function listStrays(namespace: string, but: readonly number[]): Promise<number[]> {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0 && !but.includes(pid));
  const own = await Promise.all(
    pids.map((pid) =>
      readlink(`/proc/${pid}/ns/net`).then(
        (name) => name === namespace,
        () => false,
      ),
    ),
  );
  return pids.filter((_, index) => own[index]);
}

/** Ends every process of the namespace that this process is in, or of the one named. */
export async function endStrays(but: readonly number[], namespace?: string): Promise<void> {
  const inside = namespace ?? (await readlink('/proc/self/ns/net'));
  for (let rounds = 0; rounds < 20; rounds += 1) {
    const pids = await listStrays(inside, but);
    if (pids.length === 0) return;
    for (const pid of pids) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    }
    await delay(100);
  }
}

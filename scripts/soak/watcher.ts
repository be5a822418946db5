import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface, type Interface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { errorCode } from '../../src/session/error-code.js';
import type { LifecycleEvent } from '../../src/session/event.js';
import type { GaugeReading } from './gauge-reading.js';
import { sampleProcess, type Holdings } from './sample-process.js';
import { Story } from './story.js';

export interface WatcherOptions {
  name: string;
  /** The program with its arguments, so that it goes on after a cursor. */
  command: (cursor: string) => string[];
  cursor: string;
  /** Modules that are loaded before the program. */
  preloads: readonly string[];
  gaugeFile: string;
  beatMs: number;
  env: NodeJS.ProcessEnv;
  onEvent: (event: LifecycleEvent) => void;
}

/** How many looks a sample is the least of: what is in use for a moment is not held. */
const LOOKS = 3;
const LOOK_MS = 60;
const GRACE_MS = 5_000;

/** A process that watches the home and prints events: what it tells and what it holds. */
export class Watcher {
  readonly story: Story;
  /** What it said that must not be. */
  readonly breaches: string[] = [];
  /** What it said on stderr. */
  readonly notes: string[] = [];
  readonly #options: WatcherOptions;
  #child: ChildProcessByStdio<null, Readable, Readable>;
  #lines: Interface;

  constructor(options: WatcherOptions) {
    this.#options = options;
    this.story = new Story(options.cursor);
    [this.#child, this.#lines] = this.#start();
  }

  get name(): string {
    return this.#options.name;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** What it holds at rest; null while it starts or when it is gone. */
  async sample(): Promise<(Holdings & GaugeReading) | null> {
    const looks: Holdings[] = [];
    for (let look = 0; look < LOOKS; look += 1) {
      if (look > 0) await delay(LOOK_MS);
      const holdings = sampleProcess(this.pid);
      if (holdings) looks.push(holdings);
    }
    const reading = readGauge(this.#options.gaugeFile);
    if (looks.length < LOOKS || !reading) return null;
    const least = (kind: keyof Holdings): number => Math.min(...looks.map((one) => one[kind]));
    return {
      ...reading,
      descriptors: least('descriptors'),
      watches: least('watches'),
      children: least('children'),
      processorSeconds: least('processorSeconds'),
    };
  }

  /** Kills it where it stands, and starts it again after the last line that came; resolves once it is killed. */
  async restart(): Promise<void> {
    const ended = this.#ended();
    this.#child.kill('SIGKILL');
    await ended;
    [this.#child, this.#lines] = this.#start();
  }

  async stop(): Promise<void> {
    if (this.hasEnded) return;
    const ended = this.#ended();
    this.#child.kill('SIGTERM');
    const settled = new AbortController();
    await Promise.race([ended, delay(GRACE_MS, null, { signal: settled.signal }).catch(() => null)]);
    settled.abort();
    this.#child.kill('SIGKILL');
    await ended;
  }

  #ended(): Promise<unknown> {
    return Promise.all([this.hasEnded || once(this.#child, 'exit'), once(this.#lines, 'close')]);
  }

  #start(): [ChildProcessByStdio<null, Readable, Readable>, Interface] {
    const { command, preloads, gaugeFile, beatMs, env } = this.#options;
    const imports = preloads.flatMap((module) => ['--import', module]);
    const args = ['--expose-gc', ...imports, ...command(this.story.cursor)];
    const child = spawn(process.execPath, args, {
      env: { ...env, SOAK_GAUGE: gaugeFile, SOAK_BEAT_MS: String(beatMs) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => this.#take(line));
    createInterface({ input: child.stderr }).on('line', (line) => this.notes.push(line));
    return [child, lines];
  }

  #take(line: string): void {
    // A line that a kill cut short was not received.
    if (!line.endsWith('}')) return;
    const event = JSON.parse(line) as LifecycleEvent | { type: 'breach'; message: string };
    if (event.type === 'breach') {
      this.breaches.push(event.message);
      return;
    }
    this.story.take(event);
    this.#options.onEvent(event);
  }
}

function readGauge(file: string): GaugeReading | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as GaugeReading;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

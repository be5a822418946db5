import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { LifecycleEvent } from '../../../src/session/event.js';
import { formatCursor } from '../../../src/session/place.js';

const VITALS = fileURLToPath(new URL('../../../bin/main.js', import.meta.url));

/** A line that came, and when. */
export interface Arrival {
  line: string;
  event: LifecycleEvent;
  atMs: number;
}

/** Somebody who reads `vitals events`, and starts it again after the last line that came when it is killed. */
export class Watcher {
  readonly arrivals: Arrival[] = [];
  readonly #home: string;
  #cursor: string;
  #child: ChildProcessByStdio<null, Readable, null>;
  #lines: Interface;

  constructor(home: string, cursor: string) {
    this.#home = home;
    this.#cursor = cursor;
    [this.#child, this.#lines] = this.#start();
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  async kill(): Promise<void> {
    const ended = Promise.all([once(this.#child, 'exit'), once(this.#lines, 'close')]);
    this.#child.kill('SIGKILL');
    await ended;
  }

  restart(): void {
    [this.#child, this.#lines] = this.#start();
  }

  #start(): [ChildProcessByStdio<null, Readable, null>, Interface] {
    const args = [VITALS, 'events', '--home', this.#home, '--interval', '200ms', '--after', this.#cursor];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => this.#take(line));
    return [child, lines];
  }

  #take(line: string): void {
    // A line that the kill cut short was not received.
    if (!line.endsWith('}')) return;
    const event = JSON.parse(line) as LifecycleEvent;
    this.arrivals.push({ line, event, atMs: performance.now() });
    this.#cursor = formatCursor(event);
  }
}

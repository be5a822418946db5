import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import type { LifecycleEvent } from '../../src/session/event.js';
import { checkLine } from './check-line.js';

/** A running `vitals events`, and what it has printed so far. */
export class EventsCommand {
  readonly events: LifecycleEvent[] = [];
  /** The same, and what a snapshot puts before them. */
  readonly lines: Record<string, unknown>[] = [];
  readonly messages: string[] = [];
  /** Resolves once it says that it is watching. */
  readonly watching: Promise<string>;
  readonly #child: ChildProcessWithoutNullStreams;

  constructor(child: ChildProcessWithoutNullStreams) {
    this.#child = child;
    createInterface({ input: child.stdout }).on('line', (line) => {
      const event = checkLine(line);
      this.lines.push({ ...event });
      if ('seq' in event) this.events.push(event);
    });
    createInterface({ input: child.stderr }).on('line', (line) => this.messages.push(line));
    this.watching = waitFor('the first pass', () =>
      this.messages.find((line) => line.startsWith('watching')),
    );
  }

  /** The first event like this one, as soon as it is there. */
  until(wanted: Partial<Record<string, unknown>>): Promise<LifecycleEvent> {
    const isWanted = (event: LifecycleEvent): boolean =>
      Object.entries(wanted).every(([field, value]) =>
        Object.entries(event).some((e) => e[0] === field && e[1] === value),
      );
    return waitFor(JSON.stringify(wanted), () => this.events.find(isWanted));
  }

  about(sessionId: string): LifecycleEvent[] {
    return this.events.filter((event) => 'sessionId' in event && event.sessionId === sessionId);
  }

  /** Ends it by a signal; resolves to how its parent sees it end. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<[number | null, NodeJS.Signals | null]> {
    const closed = once(this.#child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
    this.#child.kill(signal);
    return closed;
  }
}

import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { LifecycleEvent } from '../../index.js';
import type { Stage } from './stage.js';
import { Watcher } from './watcher.js';

const WATCHERS = ['loop', 'follower', 'subscriber'] as const;

/** Who watches: the first one holds the lease, the last one is a program that uses the library. */
export type WatcherName = (typeof WATCHERS)[number];

const GAUGE = new URL('children/gauge.js', import.meta.url).href;
const SUBSCRIBER = fileURLToPath(new URL('children/subscriber.js', import.meta.url));

/** How long subscribers stay, at the most. */
const MAX_STAY_MS = 1_000;

export interface AudienceOptions {
  stage: Stage;
  beatMs: number;
  /** Modules that a watcher loads beside the gauge. */
  preloads: (name: WatcherName) => readonly string[];
  onEvent: (name: WatcherName, event: LifecycleEvent) => void;
}

/** Those who watch a soak's home. */
export class Audience {
  readonly watchers: Watcher[] = [];
  readonly #options: AudienceOptions;

  constructor(options: AudienceOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { stage, beatMs, preloads, onEvent } = this.#options;
    const cursor = await stage.firstCursor();
    for (const name of WATCHERS) {
      const watcher = new Watcher({
        ...{ name, cursor, beatMs, env: stage.env, gaugeFile: join(stage.directory, `${name}.json`) },
        preloads: [GAUGE, ...preloads(name)],
        command: (from) => this.#commandOf(name, from),
        onEvent: (event) => onEvent(name, event),
      });
      this.watchers.push(watcher);
      // Each says that it watches; the first one must have the lease before another comes.
      while (watcher.notes.length === 0 && !watcher.hasEnded) await delay(20);
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.watchers.map((watcher) => watcher.stop()));
  }

  #commandOf(name: WatcherName, cursor: string): string[] {
    const { stage, beatMs } = this.#options;
    const [, vitals = ''] = stage.vitals;
    return name === 'subscriber'
      ? [SUBSCRIBER, stage.home, cursor, String(Math.min(MAX_STAY_MS, beatMs))]
      : [vitals, 'events', '--home', stage.home, '--interval', '2s', '--after', cursor];
  }
}

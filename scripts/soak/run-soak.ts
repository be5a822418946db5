import { setTimeout as delay } from 'node:timers/promises';
import { seededRandom } from '../torture/seeded-random.js';
import { Audience, type WatcherName } from './audience.js';
import { awaitAgreement } from './await-agreement.js';
import { BareProcess } from './bare-process.js';
import { Crowd } from './crowd.js';
import { DeathTimes } from './death-times.js';
import { measureHome } from './measure-home.js';
import { planTimes, type SoakTimes } from './plan-times.js';
import { Series } from './series.js';
import type { SoakReport } from './soak-report.js';
import { Stage } from './stage.js';
import { takeOver } from './take-over.js';

export interface SoakOptions {
  seconds: number;
  /** How many sessions live at a time. */
  sessions: number;
  seed: number;
  /** Ends it early. */
  signal: AbortSignal;
  /** Modules that a watcher loads beside the gauge. */
  preloads?: (name: WatcherName) => readonly string[];
  /** A line for people, as it goes. */
  note?: (line: string) => void;
}

/** Lives with a crowd of sessions for a while, and measures what grows. Linux only: it reads /proc. */
export async function runSoak(options: SoakOptions): Promise<SoakReport> {
  const stage = await Stage.build();
  const soak = new Soak(stage, options);
  try {
    return await soak.run();
  } finally {
    await soak.end();
    await stage.clear();
  }
}

class Soak {
  readonly #stage: Stage;
  readonly #options: SoakOptions;
  readonly #times: SoakTimes;
  readonly #series = new Series();
  readonly #deaths = new DeathTimes();
  readonly #bareProcess = new BareProcess();
  readonly #breaches: string[] = [];
  readonly #audience: Audience;
  readonly #crowd: Crowd;
  #tmuxEnds = 0;
  #agreements = 0;

  constructor(stage: Stage, options: SoakOptions) {
    const { seconds, sessions, seed, preloads = () => [] } = options;
    this.#stage = stage;
    this.#options = options;
    this.#times = planTimes(seconds);
    this.#crowd = new Crowd({
      stage,
      random: seededRandom(seed),
      count: sessions,
      lifeSeconds: this.#times.lifeSeconds,
      onKill: (key) => this.#deaths.begin(key),
    });
    this.#audience = new Audience({
      ...{ stage, preloads, beatMs: this.#times.beatMs },
      onEvent: (name, event) => {
        this.#deaths.hear(name, event);
        if (name === 'loop') this.#crowd.hear(event);
      },
    });
  }

  async run(): Promise<SoakReport> {
    await this.#audience.start();
    this.#crowd.start();
    this.#options.note?.('all watch, and the first sessions are born');
    const startedMs = performance.now();
    await this.#live(startedMs);
    const takeoverMs = await this.#takeOver();
    await this.#crowd.stop();
    await this.#endTmux();
    return this.#report({ warmUntil: startedMs + this.#times.warmUpMs, takeoverMs });
  }

  /** Ends all that it started, also in the midst of it. */
  async end(): Promise<void> {
    await this.#crowd.stop();
    await this.#audience.stop();
  }

  async #live(startedMs: number): Promise<void> {
    const { seconds, signal } = this.#options;
    let tmuxEndsMs = startedMs + this.#times.tmuxLifeMs;
    while (performance.now() < startedMs + seconds * 1_000 && !signal.aborted) {
      // Aborted, it is over.
      await delay(this.#times.beatMs, null, { signal }).catch(() => null);
      await this.#sample();
      if (performance.now() < tmuxEndsMs) continue;
      tmuxEndsMs += this.#times.tmuxLifeMs;
      await this.#crowd.pause();
      await this.#endTmux();
      this.#crowd.goOn();
    }
  }

  async #sample(): Promise<void> {
    const at = performance.now();
    for (const watcher of this.#audience.watchers) {
      if (watcher.hasEnded) this.#breaches.push(`${watcher.name} has ended: ${watcher.notes.join(' / ')}`);
      const sample = await watcher.sample();
      if (sample) this.#series.takeProcess(watcher.name, sample, at);
    }
    const bareMs = await this.#bareProcess.time();
    this.#series.takeMachine(bareMs, at);
    for (const [name, ms] of this.#deaths.medians()) this.#series.takeLatency({ name, ms, bareMs, at });
    const events = this.#audience.watchers[0]?.story.events ?? 0;
    this.#series.takeHome(measureHome(this.#stage.home), { events, sessions: this.#options.sessions, at });
  }

  /** The server ends with all that runs in it; once that is told, what is told must be what is recorded. */
  async #endTmux(): Promise<void> {
    const { signal } = this.#options;
    if (signal.aborted) return;
    this.#tmuxEnds += 1;
    await this.#stage.tmux.end({ isKilled: this.#tmuxEnds % 2 === 0 });
    const { sessions } = this.#stage.context;
    const differences = await awaitAgreement(sessions, this.#audience.watchers, signal);
    if (differences.length === 0) this.#agreements += 1;
    const events = this.#audience.watchers[0]?.story.events ?? 0;
    this.#options.note?.(
      `${events} events by the end of tmux server ${this.#tmuxEnds}; told and recorded ` +
        (differences.length === 0 ? 'agree' : 'DIFFER'),
    );
    this.#breaches.push(...differences.map((what) => `after tmux server ${this.#tmuxEnds}: ${what}`));
  }

  async #takeOver(): Promise<number[]> {
    const took: number[] = [];
    for (let left = this.#times.takeovers; left > 0 && !this.#options.signal.aborted; left -= 1) {
      const ms = await takeOver(this.#stage.home, this.#audience.watchers);
      if (ms === null) this.#breaches.push('nobody took over');
      else took.push(ms);
    }
    return took;
  }

  #report({ warmUntil, takeoverMs }: { warmUntil: number; takeoverMs: number[] }): SoakReport {
    const { watchers } = this.#audience;
    const sum = (kind: 'gaps' | 'duplicates'): number =>
      watchers.reduce((total, { story }) => total + story[kind], 0);
    const [gaps, duplicates] = [sum('gaps'), sum('duplicates')];
    const told = watchers[0]?.story;
    return {
      verdicts: this.#series.judge(warmUntil),
      breaches: [
        ...this.#breaches,
        ...(gaps + duplicates > 0 ? ['a line was missing, or came twice'] : []),
        ...watchers.flatMap(({ name, breaches }) => breaches.map((what) => `${name}: ${what}`)),
        ...this.#crowd.failures,
      ],
      takeoverMs,
      counts: {
        ...{ sessions: told?.sessions ?? 0, events: told?.events ?? 0, gaps, duplicates },
        'tmux servers ended': this.#tmuxEnds,
        'times every story was what is on disk': this.#agreements,
        ...this.#crowd.done,
      },
    };
  }
}

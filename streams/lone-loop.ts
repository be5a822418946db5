import { randomUUID } from 'node:crypto';
import type { PassReport } from '../src/session/pass-report.js';
import { ToldView } from '../src/session/told-view.js';
import type { EventHub } from './event-hub.js';
import type { HomeLoop, Told } from './home-loop.js';
import { LifecycleStoppedError } from './lifecycle-stopped-error.js';
import type { LoopSettings } from './loop.js';
import { LoopRun } from './loop-run.js';
import { MemoryLog } from './memory-log.js';

/** A loop without lease and journal: it knows of no other, and what the disk says at its first pass counts as told. */
export class LoneLoop implements HomeLoop {
  readonly #told = new ToldView();
  readonly #log: MemoryLog;
  readonly #begin: () => LoopRun;
  #run: LoopRun | null = null;
  #isStopped = false;

  constructor({ settings, hub }: { settings: LoopSettings; hub: EventHub }) {
    this.#log = new MemoryLog({ epoch: randomUUID(), clock: settings.clock });
    this.#begin = () => new LoopRun({ settings, hub, log: this.#log, told: this.#told });
  }

  async start(): Promise<PassReport | null> {
    return this.#running().startTimer();
  }

  async tick(): Promise<PassReport> {
    return (await this.#running().tick()) ?? Promise.reject(new LifecycleStoppedError());
  }

  join(): Promise<{ told: () => Told; leave: () => Promise<void> }> {
    const told = (): Told => ({ told: this.#told, at: this.#log.at });
    return Promise.resolve({ told, leave: () => Promise.resolve() });
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#run?.stop();
  }

  #running(): LoopRun {
    if (this.#isStopped) throw new LifecycleStoppedError();
    this.#run ??= this.#begin();
    return this.#run;
  }
}

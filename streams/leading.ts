import { randomUUID } from 'node:crypto';
import { JournalWriter } from '../src/journal/journal-writer.js';
import type { Lease } from '../src/lease/lease.js';
import { PassDesk } from '../src/lease/pass-desk.js';
import type { Pulse } from '../src/lease/pulse.js';
import { takeLease } from '../src/lease/take-lease.js';
import type { PassReport } from '../src/session/pass-report.js';
import type { LockHolder } from '../src/store/lock-holder.js';
import type { EventHub } from './event-hub.js';
import type { Told } from './home-loop.js';
import type { LoopSettings } from './loop.js';
import { LoopRun } from './loop-run.js';

export interface LeadingOptions {
  home: string;
  settings: LoopSettings;
  hub: EventHub;
  /** Something failed that keeps the loop from nothing. */
  onFailure: (error: unknown) => void;
}

/** Takes part in a home's loop as the one who holds the lease: runs it, and keeps its events in the journal. */
export class Leading {
  readonly type = 'leading';
  /** Resolves if the lease was taken away and another holds it: then this is to be closed. */
  readonly lost: Promise<LockHolder>;
  readonly #options: LeadingOptions;
  readonly #journal: JournalWriter;
  readonly #run: LoopRun;
  #desk: PassDesk | null = null;
  #lease: Lease;
  #pulse: Pulse;
  #pollIntervalMs: number | null = null;
  #checked: Promise<void> = Promise.resolve();
  #lose: (holder: LockHolder) => void = () => undefined;

  /** Begins a life of the loop, without a pass. If that fails, the lease is given back. @throws {StoreError} */
  static async begin(lease: Lease, options: LeadingOptions): Promise<Leading> {
    const { home, settings } = options;
    try {
      const journal = await JournalWriter.open({ home, epoch: randomUUID(), clock: settings.clock });
      return new Leading(lease, journal, options);
    } catch (error) {
      await lease.release();
      throw error;
    }
  }

  private constructor(lease: Lease, journal: JournalWriter, options: LeadingOptions) {
    const { settings, hub } = options;
    this.#lease = lease;
    this.#options = options;
    this.#journal = journal;
    this.#pulse = lease.beginPulse(null);
    this.lost = new Promise((resolve) => {
      this.#lose = resolve;
    });
    this.#run = new LoopRun({
      settings,
      hub,
      log: journal,
      told: journal.told,
      onPassed: () => this.#beat(),
    });
  }

  /** From now on others may ask for passes. */
  async serve(): Promise<void> {
    const { home, onFailure } = this.#options;
    this.#desk = await PassDesk.open({ home, onAsked: () => this.#answer(), onFailure });
  }

  told(): Told {
    return { told: this.#journal.told, at: this.#journal.at };
  }

  startTimer(): Promise<PassReport | null> {
    this.#pollIntervalMs = this.#options.settings.pollIntervalMs;
    this.#pulse = this.#lease.beginPulse(this.#pollIntervalMs);
    return this.#run.startTimer();
  }

  tick(): Promise<PassReport | null> {
    return this.#run.tick();
  }

  /** Ends this life of the loop, and then gives the lease back, whatever could not be ended. */
  async close(): Promise<void> {
    try {
      await this.#run.stop();
    } finally {
      await this.#giveBack();
    }
  }

  async #giveBack(): Promise<void> {
    try {
      await this.#checked;
      await this.#desk?.close();
      this.#journal.close();
    } finally {
      await this.#lease.release();
    }
  }

  #beat(): void {
    try {
      this.#pulse.beat();
      this.#journal.putBack();
    } catch (error) {
      this.#options.onFailure(error);
    }
    this.#checked = this.#checked.then(() => this.#keepLease()).catch(this.#options.onFailure);
  }

  /** Somebody may have removed the lease by hand: two loops must not run for longer than a pass. */
  async #keepLease(): Promise<void> {
    if (await this.#lease.isHeld()) return;
    const taking = await takeLease(this.#options.home);
    if (taking.type === 'held') {
      this.#lose(taking.holder);
      return;
    }
    this.#lease = taking.lease;
    this.#pulse = taking.lease.beginPulse(this.#pollIntervalMs);
  }

  async #answer(): Promise<{ report: PassReport; at: Told['at'] } | null> {
    const report = await this.#run.tick();
    return report && { report, at: this.#journal.at };
  }
}

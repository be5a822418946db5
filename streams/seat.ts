import { setTimeout as delay } from 'node:timers/promises';
import { askForPass } from '../src/lease/ask-for-pass.js';
import { awaitLease } from '../src/lease/await-lease.js';
import type { Lease } from '../src/lease/lease.js';
import { readLease } from '../src/lease/read-lease.js';
import { takeLease } from '../src/lease/take-lease.js';
import { messageOf } from '../src/session/message-of.js';
import type { PassReport } from '../src/session/pass-report.js';
import type { LockHolder } from '../src/store/lock-holder.js';
import { describeHolder } from '../src/store/record-lock.js';
import type { EventHub } from './event-hub.js';
import { Following } from './following.js';
import { HomeHeldError } from './home-held-error.js';
import type { Told } from './home-loop.js';
import { Leading } from './leading.js';
import type { LoopSettings } from './loop.js';

/** How long to wait before what failed is tried again, and before what is about to change is looked at again. */
const RETRY_MS = 1_000;
const CHANGE_MS = 50;

export interface SeatOptions {
  home: string;
  settings: LoopSettings;
  hub: EventHub;
  /** Whether another process may run the loop in place of this one: it has nothing that only this one knows. */
  mayFollow: boolean;
  /** A line for people. */
  warn: (message: string) => void;
}

/** One taking part in a home's loop: it leads if nobody else does, and else follows until its turn to lead has come. */
export class Seat {
  readonly #options: SeatOptions;
  readonly #leaving = new AbortController();
  #role: Leading | Following;
  #turn: Promise<void> = Promise.resolve();
  #isTimed = false;

  /** @throws {HomeHeldError} if another process leads, and must not for this one. @throws {StoreError} */
  static async take(options: SeatOptions): Promise<Seat> {
    const { home, mayFollow } = options;
    const taking = await takeLease(home);
    if (taking.type === 'taken') {
      const leading = await Leading.begin(taking.lease, { ...options, onFailure: warnOf(options) });
      await leading.serve();
      return new Seat(options, leading);
    }
    if (!mayFollow) throw new HomeHeldError(home, taking.holder);
    return new Seat(options, follow(options));
  }

  private constructor(options: SeatOptions, role: Leading | Following) {
    this.#options = options;
    this.#role = role;
    if (role.type === 'following') this.#turn = this.#awaitTurn(role);
    else this.#watchLease(role);
  }

  told(): Told {
    return this.#role.told();
  }

  /** Makes passes by the timer as soon as it leads; resolves to what the first pass saw, here or where the loop runs. */
  async startTimer(): Promise<PassReport | null> {
    this.#isTimed = true;
    return this.#role.type === 'leading' ? this.#role.startTimer() : this.tick();
  }

  /** One pass, here or where the loop runs; resolves once all of it is told, or to null if the seat is left before. */
  async tick(): Promise<PassReport | null> {
    while (!this.#leaving.signal.aborted) {
      const report = this.#role.type === 'leading' ? await this.#role.tick() : await this.#ask(this.#role);
      if (report) return report;
      // The lease goes to somebody else, maybe to this seat.
      await delay(CHANGE_MS);
    }
    return null;
  }

  async leave(): Promise<void> {
    this.#leaving.abort();
    await this.#turn;
    await (this.#role.type === 'leading' ? this.#role.close() : this.#role.finish());
  }

  async #ask(following: Following): Promise<PassReport | null> {
    const { home, settings } = this.#options;
    const { signal } = this.#leaving;
    const lease = await readLease(home, { now: settings.clock.now() });
    const answer = lease.type === 'held' ? await askForPass(home, lease.holder, { signal }) : null;
    if (answer) await following.reach(answer.at);
    return answer?.report ?? null;
  }

  async #awaitTurn(following: Following): Promise<void> {
    const { home, warn } = this.#options;
    const { signal } = this.#leaving;
    for (;;) {
      const lease = await awaitLease(home, {
        signal,
        onStalled: (holder, silentMs) => {
          const seconds = Math.round(silentMs / 1_000);
          warn(`${describeHolder(holder)} runs the loop of ${home}, but has ended no pass for ${seconds} s`);
        },
      });
      if (!lease) return;
      if (await this.#lead(lease, following)) return;
      await delay(RETRY_MS, null, { signal }).catch(() => null);
    }
  }

  async #lead(lease: Lease, following: Following): Promise<boolean> {
    const { home, warn } = this.#options;
    try {
      const leading = await Leading.begin(lease, { ...this.#options, onFailure: warnOf(this.#options) });
      await following.finish();
      await leading.serve();
      this.#role = leading;
      this.#watchLease(leading);
    } catch (error) {
      warn(`the loop of ${home} can't be taken over: ${messageOf(error)}`);
      return false;
    }
    warn(`this process runs the loop of ${home} now`);
    if (this.#isTimed && !this.#leaving.signal.aborted) void this.#role.startTimer();
    return true;
  }

  #watchLease(leading: Leading): void {
    void leading.lost.then((holder) => {
      if (!this.#leaving.signal.aborted) this.#turn = this.#stepBack(leading, holder);
    });
  }

  /** Another leads although this one lives: the lease was removed by hand, and two loops would tell everything twice. */
  async #stepBack(leading: Leading, holder: LockHolder): Promise<void> {
    const { home, hub, settings, warn } = this.#options;
    warn(
      `${describeHolder(holder)} has taken the lease of ${home} from this one, which follows it from now on`,
    );
    try {
      await leading.close();
    } catch (error) {
      warn(messageOf(error));
    }
    const following = follow(this.#options);
    const { at } = following.told();
    const missed = at.seq - leading.told().at.seq;
    const time = new Date(settings.clock.now()).toISOString();
    if (missed > 0) hub.publish([{ type: 'lagged', missed, ...at, time }]);
    this.#role = following;
    if (!this.#leaving.signal.aborted) await this.#awaitTurn(following);
  }
}

const follow = (options: SeatOptions): Following =>
  new Following({ ...options, clock: options.settings.clock, onFailure: warnOf(options) });

const warnOf =
  ({ warn }: SeatOptions) =>
  (error: unknown): void =>
    warn(messageOf(error));

import { messageOf, type LifecycleEvent } from '../../index.js';
import { sessionKey } from '../../src/session/session-key.js';
import { Deeds, type DeedsOptions } from './deeds.js';
import { isTooLate } from './is-too-late.js';
import { makeLife, type Life } from './life.js';

/** How often something is done, and how many are born each time at the most. */
const TURN_MS = 150;
const BIRTHS_A_TURN = 3;

/** How likely it is that in a turn a record is edited, or junk put beside them; and that one who asks is answered. */
const EDIT_SHARE = 0.05;
const JUNK_SHARE = 0.01;
const ANSWER_SHARE = 0.8;

export interface CrowdOptions extends DeedsOptions {
  random: () => number;
  /** How many live at a time. */
  count: number;
  lifeSeconds: number;
}

/** The sessions of a soak: they are born, work, wait for a person, rest and die, and others meddle with their records. */
export class Crowd {
  /** How often what was done. */
  readonly done: Record<string, number> = {};
  readonly failures: string[] = [];
  readonly #options: CrowdOptions;
  readonly #deeds: Deeds;
  readonly #living = new Map<string, { life: Life; endsAtMs: number }>();
  readonly #begun = new Set<Promise<void>>();
  readonly #pruneMs: number;
  #number = 0;
  #isPaused = false;
  #prunedAtMs = performance.now();
  #timer: NodeJS.Timeout | null = null;

  constructor(options: CrowdOptions) {
    this.#options = options;
    this.#deeds = new Deeds(options);
    this.#pruneMs = options.lifeSeconds * 500;
  }

  start(): void {
    this.#timer = setInterval(() => this.#turn(), TURN_MS);
  }

  /** Nothing is done to anybody until it goes on; resolves once what was begun is done. */
  async pause(): Promise<void> {
    this.#isPaused = true;
    while (this.#begun.size > 0) await Promise.all(this.#begun);
  }

  goOn(): void {
    this.#isPaused = false;
  }

  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.pause();
  }

  /** What one of those who watch is told. */
  hear(event: LifecycleEvent): void {
    if (event.type !== 'terminated' && event.type !== 'status_changed') return;
    const key = sessionKey({ projectId: event.projectId, id: event.sessionId });
    if (event.type === 'terminated') this.#living.delete(key);
    else if (event.to === 'needs_input' && this.#options.random() < ANSWER_SHARE) {
      this.#do('answered', () => this.#deeds.answer(key));
    }
  }

  #turn(): void {
    if (this.#isPaused) return;
    const { random, count } = this.#options;
    const births = Math.min(BIRTHS_A_TURN, count - this.#living.size);
    for (let left = births; left > 0; left -= 1) this.#bear();
    this.#endWhoseTimeIsUp();
    if (random() < EDIT_SHARE) this.#edit();
    if (random() < JUNK_SHARE) this.#do('junk', () => this.#deeds.toggleJunk());
    if (performance.now() - this.#prunedAtMs > this.#pruneMs) {
      this.#prunedAtMs = performance.now();
      this.#do('pruned', () => this.#deeds.prune(this.#pruneMs));
    }
  }

  #bear(): void {
    const { random, lifeSeconds, stage } = this.#options;
    const life = makeLife(random, lifeSeconds);
    this.#number += 1;
    const id = `s-${this.#number}`;
    const key = sessionKey({ projectId: 'default', id });
    const workspace = stage.workspaces[Math.floor(random() * stage.workspaces.length)] ?? '';
    // It may end before its birth is done.
    this.#living.set(key, { life, endsAtMs: performance.now() + life.endsAfterMs });
    this.#do(life.birth, async () => {
      try {
        await this.#deeds.bear(life, id, workspace);
      } catch (error) {
        this.#living.delete(key);
        throw error;
      }
    });
  }

  #endWhoseTimeIsUp(): void {
    const now = performance.now();
    for (const [key, { life, endsAtMs }] of this.#living) {
      if (now < endsAtMs) continue;
      this.#living.delete(key);
      const fate = life.fate === 'own' ? 'killed' : life.fate;
      this.#do(fate, () => this.#deeds.end(key, fate));
    }
  }

  #edit(): void {
    const { random } = this.#options;
    const keys = [...this.#living.keys()];
    const key = keys[Math.floor(random() * keys.length)];
    const change = random() < 0.5 ? { task: `task ${random()}` } : ({ status: 'pr_open' } as const);
    if (key !== undefined) this.#do('edited', () => this.#deeds.edit(key, change));
  }

  /** Whoever comes too late for a session that has ended meanwhile has done nothing wrong. */
  #do(what: string, act: () => Promise<void>): void {
    if (this.#isPaused) return;
    const doing = act()
      .then(
        () => this.#count(what),
        (error: unknown) => {
          if (isTooLate(error)) this.#count('too late');
          else this.failures.push(`${what}: ${messageOf(error)}`);
        },
      )
      .finally(() => this.#begun.delete(doing));
    this.#begun.add(doing);
  }

  #count(what: string): void {
    this.done[what] = (this.done[what] ?? 0) + 1;
  }
}

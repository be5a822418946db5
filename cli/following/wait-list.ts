import { isTerminal, sessionKey, type LifecycleEvent, type Session, type Status } from '../../index.js';
import { keyOfEvent } from './key-of-event.js';

/** What is waited for: one of these statuses, or any change. */
export type Wish = { type: 'status'; statuses: readonly Status[] } | { type: 'any_change' };

type State = Pick<Session, 'status' | 'activity'>;

/** Which sessions are still waited for, and whether there is any use in it. */
export class WaitList {
  readonly #wish: Wish;
  readonly #pending: Set<string>;
  /** What each session was at first: a change is what differs from that. */
  readonly #first = new Map<string, State>();
  #hopeless: string | null = null;

  constructor(keys: readonly string[], wish: Wish) {
    this.#pending = new Set(keys);
    this.#wish = wish;
  }

  /** The keys of those that are still waited for. */
  get pending(): string[] {
    return [...this.#pending];
  }

  /** Why there is no use in waiting any longer; null as long as there is. */
  get hopeless(): string | null {
    return this.#hopeless;
  }

  /** Takes the records as they are now; the first ones are what changes are measured by. */
  takeRecords(sessions: readonly Session[]): void {
    const states = new Map(sessions.map((session) => [sessionKey(session), session]));
    for (const key of this.pending) {
      const state = states.get(key);
      if (state) this.#take(key, state);
      else this.#hopeless ??= `${key} was removed`;
    }
  }

  takeEvent(event: LifecycleEvent): void {
    const key = keyOfEvent(event);
    const first = key === null ? undefined : this.#first.get(key);
    if (key === null || !first || !this.#pending.has(key)) return;
    if (event.type === 'session_removed') this.#hopeless ??= `${key} was removed`;
    if (event.type === 'status_changed') this.#take(key, { ...first, status: event.to });
    if (event.type === 'activity_changed') this.#take(key, { ...first, activity: event.next });
  }

  #take(key: string, state: State): void {
    if (this.#isFulfilled(key, state)) this.#pending.delete(key);
    else if (isTerminal(state.status)) this.#hopeless ??= `${key} has ended: it is ${state.status}`;
    if (!this.#first.has(key)) this.#first.set(key, state);
  }

  #isFulfilled(key: string, { status, activity }: State): boolean {
    if (this.#wish.type === 'status') return this.#wish.statuses.includes(status);
    const first = this.#first.get(key);
    return first !== undefined && (first.status !== status || first.activity !== activity);
  }
}

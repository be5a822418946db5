import { isTerminal, type LifecycleEvent, type Status } from '../../index.js';
import { describeExit } from '../text/describe-exit.js';
import { groupOf } from '../text/status-group.js';
import type { Lane, Mark, Span } from './lane.js';

/** A session's life while its events come in. */
export class LaneDraft {
  readonly #key: string;
  readonly #spans: Span[] = [];
  readonly #marks: Mark[] = [];
  #open: Span | null = null;
  #ended: Status | null = null;

  constructor(key: string) {
    this.#key = key;
  }

  /** Takes an event about this session; `at` is its time. */
  take(event: LifecycleEvent, at: number): void {
    switch (event.type) {
      case 'session_restored':
      case 'spawned':
        this.#begin(event.status, at);
        break;
      case 'status_changed':
        this.#begin(event.to, at);
        break;
      case 'terminated':
        this.#end(event, at);
        break;
      case 'session_removed':
        this.#close(at);
    }
  }

  /** The lane, up to a time. */
  finish(at: number): Lane {
    this.#close(at);
    return { key: this.#key, spans: this.#spans, marks: this.#marks };
  }

  #begin(status: Status, at: number): void {
    if (this.#open?.status === status) return;
    this.#close(at);
    this.#ended = isTerminal(status) ? status : null;
    if (this.#ended) return;
    this.#open = { status, from: at, to: at };
    this.#spans.push(this.#open);
    if (status === 'needs_input') this.#marks.push({ type: 'wait', at, text: 'needs input' });
  }

  #end({ exit, reason }: Extract<LifecycleEvent, { type: 'terminated' }>, at: number): void {
    this.#close(at);
    const how = exit.signal ?? describeExit({ ...exit, reason });
    const isGood = this.#ended ? groupOf(this.#ended).name === 'ended' : exit.code === 0;
    this.#marks.push({ type: isGood ? 'end' : 'death', at, text: `${this.#ended ?? 'ended'}: ${how}` });
  }

  // The clock of a machine may be set back.
  #close(at: number): void {
    if (this.#open) this.#open.to = Math.max(this.#open.from, at);
    this.#open = null;
  }
}

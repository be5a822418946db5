import type { RuntimeView } from '../../runtime/runtime.js';
import { sessionKey, type SessionKey } from '../../session/session-key.js';
import type { Session } from '../../session/session.js';
import { answered, silent } from './reading-of.js';
import { Recent } from '../recent.js';
import { ScreenWatch } from './screen-watch.js';
import type { SourceReading } from './source-reading.js';

/** The bells of sessions whose transcript tells whether they were heard: the flag itself stays until somebody looks. */
export class BellWatch {
  readonly #watch: ScreenWatch;
  /** When each session's bell was first seen (epoch milliseconds), and what its transcript said then. */
  readonly #firstSeen: Recent<string, { atMs: number; detail: string | null }>;

  constructor({ capacity }: { capacity: number }) {
    this.#watch = new ScreenWatch({ capacity });
    this.#firstSeen = new Recent({ capacity });
  }

  forget(key: SessionKey): void {
    this.#watch.forget(key);
    this.#firstSeen.delete(key);
  }

  /** Whether the bell is up and nothing shows that it was heard: then the agent wants a person. */
  read(
    session: Session,
    { view, transcript, now }: { view: RuntimeView; transcript: SourceReading; now: number },
  ): SourceReading {
    const { handle } = session;
    const signs = handle && view.signs?.(handle);
    if (!handle || !signs) return silent('bell', { detail: 'the runtime shows no bell', atMs: now });
    const look = this.#watch.look(session, { handle, signs, now });
    if (look.bell === 'none') return silent('bell', { detail: 'it has not rung', atMs: now });
    const key = sessionKey(session);
    const detail = transcript.state === 'answered' ? transcript.detail : null;
    if (look.bell === 'rang') {
      // A bell that was up before the first look rang no later than the last output.
      const outputMs = Date.parse(signs.lastOutputAt ?? '');
      const atMs = look.isFirst && !Number.isNaN(outputMs) ? Math.min(outputMs, now) : now;
      this.#firstSeen.set(key, { atMs, detail: look.isFirst ? null : detail });
    }
    const first = this.#firstSeen.get(key) ?? { atMs: now, detail: null };
    // A second bell can't be told from the first; but an agent at work always moves something on the screen.
    const wentOn =
      look.bell === 'unanswered' &&
      transcript.activity === 'active' &&
      detail !== first.detail &&
      look.isPrinting !== false;
    return wentOn
      ? silent('bell', { detail: 'it rang, and its transcript has gone on since', atMs: now })
      : answered('bell', 'waiting_input', {
          detail: 'it rang the bell, and nobody has looked since',
          atMs: first.atMs,
        });
  }
}

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
  /** What each transcript said when its session's bell was first seen. */
  readonly #detailsAtBell: Recent<string, string | null>;

  constructor({ capacity }: { capacity: number }) {
    this.#watch = new ScreenWatch({ capacity });
    this.#detailsAtBell = new Recent({ capacity });
  }

  forget(key: SessionKey): void {
    this.#watch.forget(key);
    this.#detailsAtBell.delete(key);
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
    if (look.bell === 'rang') this.#detailsAtBell.set(key, look.isFirst ? null : detail);
    // A second bell can't be told from the first; but an agent at work always moves something on the screen.
    const wentOn =
      look.bell === 'unanswered' &&
      transcript.activity === 'active' &&
      detail !== this.#detailsAtBell.get(key) &&
      look.isPrinting !== false;
    return wentOn
      ? silent('bell', { detail: 'it rang, and its transcript has gone on since', atMs: now })
      : answered('bell', 'waiting_input', {
          detail: 'it rang the bell, and nobody has looked since',
          atMs: now,
        });
  }
}

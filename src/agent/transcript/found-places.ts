import { sessionKey, type SessionKey } from '../../session/session-key.js';
import type { Session } from '../../session/session.js';
import { Recent } from '../recent.js';

interface Found {
  createdAt: string;
  conversation: string | null;
  path: string;
}

/** Where each session's transcript was found; another session of the same name, or another conversation, has its own. */
export class FoundPlaces {
  readonly #found: Recent<SessionKey, Found>;

  constructor({ capacity }: { capacity: number }) {
    this.#found = new Recent({ capacity });
  }

  get(session: Session, conversation: string | null): string | undefined {
    const found = this.#found.get(sessionKey(session));
    const isSame = found?.createdAt === session.createdAt && found.conversation === conversation;
    return isSame ? found.path : undefined;
  }

  set(session: Session, conversation: string | null, path: string): void {
    this.#found.set(sessionKey(session), { createdAt: session.createdAt, conversation, path });
  }

  forget(key: SessionKey): void {
    this.#found.delete(key);
  }
}

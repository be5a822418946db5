import { randomBytes } from 'node:crypto';

import type { ControlMessage } from './control-message.js';
import type { SessionIdentity } from './session-identity.js';

const prefix = '_vitals-';

/**
 * Expands to 1 while a connection does no harm: there are sessions besides those of connections, and the server is not
 * one that shall end with its last client.
 */
export const isWelcomeFormat = `#{&&:#{!=:#{exit-unattached},1},#{S:#{?#{m:${prefix}*,#{session_name}},,1}}}`;

const facts = /^ (\d+) (\d+) (\$\d+)\n$/;

/** What a message did: `attached` comes once, `moved` when somebody took the client to another session. */
export type AnchorChange = 'attached' | 'moved' | null;

/** The session that a control client must be attached to: its own, so that it hides no bells and resizes nothing. */
export class ControlAnchor {
  /** What a tmux client is to run, so that it starts the session and stays attached to it. */
  readonly args: readonly string[];
  readonly #mark = randomBytes(12).toString('hex');
  readonly #socketPath: string;
  #session: SessionIdentity | null = null;
  #refusal = '';
  #isAttached = false;

  constructor({ socketPath }: { socketPath: string }) {
    this.#socketPath = socketPath;
    const name = `${prefix}${process.pid}-${this.#mark.slice(0, 8)}`;
    const commands = [
      // -E: the update-environment option would copy variables of this process. 80x24: nobody's size follows from it.
      `new-session -E -f no-output,ignore-size -x 80 -y 24 -s ${name} -n control /bin/sh -c 'exec cat'`,
      // It ends with the client, however that ends. Not by destroy-unattached: that ends it while the client is still
      // leaving, and tmux 3.3a then crashes at anybody's next command.
      `set-hook -t =${name}: client-detached 'kill-session -t =${name}'`,
      // Else its end would move the client to a session that people look at.
      `set-option -t =${name}: detach-on-destroy on`,
      `display-message -p -t =${name}: '${this.#mark} #{pid} #{start_time} #{session_id}'`,
    ];
    this.args = ['if-shell', '-F', isWelcomeFormat, commands.join(' ; ')];
  }

  /** The session, once the client is attached to it. */
  get session(): SessionIdentity | null {
    return this.#isAttached ? this.#session : null;
  }

  /** The session, from when it is known. */
  get found(): SessionIdentity | null {
    return this.#session;
  }

  /** What the server said against it. */
  get refusal(): string {
    return this.#refusal;
  }

  /** Follows the stream. */
  follow(message: ControlMessage): AnchorChange {
    if (message.type === 'notification') {
      return message.name === 'session-changed' ? this.#followSession(message.text) : null;
    }
    if (this.#isAttached || message.isAnswer) return null;
    if (message.isError) this.#refusal += message.text;
    else this.#readFacts(message.text);
    return null;
  }

  #followSession(text: string): AnchorChange {
    const isOwn = this.#session !== null && text.split(' ', 1)[0] === this.#session.sessionId;
    if (this.#isAttached) return isOwn ? null : 'moved';
    this.#isAttached = isOwn;
    return isOwn ? 'attached' : null;
  }

  #readFacts(text: string): void {
    if (!text.startsWith(this.#mark)) return;
    const [, pid, startTime, sessionId] = facts.exec(text.slice(this.#mark.length)) ?? [];
    if (sessionId === undefined) return;
    const [socketPath, server] = [this.#socketPath, { pid: Number(pid), startTime: Number(startTime) }];
    this.#session = { socketPath, ...server, sessionId };
  }
}

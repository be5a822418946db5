import { coalesce } from './coalesce.js';
import { ControlAnchor, isWelcomeFormat } from './control-anchor.js';
import { formatControlLine } from './control-line.js';
import { ControlLostError } from './control-lost-error.js';
import type { ControlMessage } from './control-message.js';
import { ControlParser } from './control-parser.js';
import { ControlProcess } from './control-process.js';
import { ControlRuns } from './control-runs.js';
import { explainControlEnd, type ControlRefusal } from './explain-control-end.js';
import type { SessionIdentity } from './session-identity.js';
import type { SpawnTransportOptions } from './spawn-transport.js';
import { TmuxError } from './tmux-error.js';
import { nameCommands, type RunOptions, type TmuxCommand } from './tmux-transport.js';

const endGraceMs = 1_000;

// Not the names of windows: those change with every program that a shell runs.
const changes = new Set([
  ...['sessions-changed', 'session-renamed', 'window-add', 'window-close'],
  ...['unlinked-window-add', 'unlinked-window-close'],
]);

export interface ControlClientOptions extends SpawnTransportOptions {
  /** Sessions or windows came, went or were renamed; once for all that is heard at once. */
  onChange: () => void;
  /** An answer is overdue, or has come after all. */
  onStuck: (isStuck: boolean) => void;
  /** It was attached and takes no more runs: it ended, or it leaves a server that nobody uses. */
  onLeave: (reason: 'lost' | 'unwelcome') => void;
}

/** One connection in control mode, attached to a session of its own that ends with it. */
export class ControlClient {
  /** How the attempt to attach comes out. */
  readonly attempt: Promise<{ type: 'attached' } | ControlRefusal>;
  readonly ended: Promise<void>;
  readonly #options: ControlClientOptions;
  readonly #anchor: ControlAnchor;
  readonly #parser = new ControlParser();
  readonly #process: ControlProcess;
  readonly #runs: ControlRuns;
  #answerAttempt: (attempt: { type: 'attached' } | ControlRefusal) => void = () => undefined;
  #hasLeft = false;
  #isStuck = false;
  #closing: Promise<void> | null = null;
  readonly #checkWelcome = coalesce(async () => {
    if (this.session && !(await this.#askWelcome())) this.#leave('unwelcome');
  });

  constructor(options: ControlClientOptions) {
    this.#options = options;
    this.attempt = new Promise((resolve) => (this.#answerAttempt = resolve));
    this.#runs = new ControlRuns({
      onTimeout: () => this.#setStuck(true),
      onAnswered: () => this.#setStuck(false),
    });
    this.#anchor = new ControlAnchor(options);
    const { args } = this.#anchor;
    this.#process = new ControlProcess({ ...options, args, onData: (piece) => this.#read(piece) });
    this.ended = this.#finish();
  }

  /** Whether it has, or had, this session for itself. */
  owns({ pid, startTime, sessionId }: Omit<SessionIdentity, 'socketPath'>): boolean {
    const own = this.#anchor.found;
    return own?.sessionId === sessionId && own.pid === pid && own.startTime === startTime;
  }

  /** Its own session, while it takes runs. */
  get session(): SessionIdentity | null {
    return this.#hasLeft || this.#isStuck ? null : this.#anchor.session;
  }

  /** An answer is overdue; until it comes, no runs are taken. */
  get isStuck(): boolean {
    return this.#isStuck && !this.#hasLeft;
  }

  /** Runs commands as a transport does; rejects with a `ControlLostError` if the connection ends before the answer. */
  async run(commands: readonly TmuxCommand[], { signal }: Pick<RunOptions, 'signal'> = {}): Promise<string> {
    const command = nameCommands(commands);
    const line = formatControlLine(commands);
    if (!this.session) throw new ControlLostError('the connection is closed', { command });
    const { timeoutMs } = this.#options;
    const { mark, output } = this.#runs.add({ command, timeoutMs, ...(signal && { signal }) });
    this.#process.write(line + formatControlLine([['display-message', '-p', mark]]));
    return output;
  }

  /** Ends its session and itself; by force if that takes longer than a second or two. */
  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    this.#hasLeft = true;
    await this.#waitForAttempt();
    // It would only do so once the server continues. Then its session ends by the hook.
    if (this.#isStuck) return this.#process.end({ graceMs: 0 });
    const { found } = this.#anchor;
    if (found) this.#process.write(formatControlLine([['kill-session', '-t', found.sessionId]]));
    await this.#process.end({ graceMs: endGraceMs });
  }

  // tmux 3.3a may crash when a client is killed that is about to attach.
  async #waitForAttempt(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, endGraceMs)));
    await Promise.race([this.attempt, limit]);
    clearTimeout(timer);
  }

  async #finish(): Promise<void> {
    const end = await this.#process.ended;
    this.#answerAttempt(explainControlEnd({ ...end, refusal: this.#anchor.refusal }));
    this.#leave('lost');
    this.#runs.lose('the connection ended before the answer');
  }

  #read(piece: Buffer): void {
    const messages = this.#parser.feed(piece);
    for (const message of messages) this.#take(message);
    const hasChange = messages.some(
      (message) => message.type === 'notification' && changes.has(message.name),
    );
    if (hasChange && this.session) this.#options.onChange();
  }

  #take(message: ControlMessage): void {
    const anchored = this.#anchor.follow(message);
    if (anchored === 'attached') this.#answerAttempt({ type: 'attached' });
    if (anchored === 'moved') this.#leave('lost');
    if (message.type === 'reply') this.#runs.take(message);
    else if (message.name === 'sessions-changed' && this.session) void this.#checkWelcome();
  }

  async #askWelcome(): Promise<boolean> {
    try {
      return (await this.run([['display-message', '-p', isWelcomeFormat]])) !== '0\n';
    } catch (error) {
      // Then it is not attached any more, which is told already.
      if (error instanceof TmuxError) return true;
      throw error;
    }
  }

  #setStuck(isStuck: boolean): void {
    if (this.#hasLeft || this.#isStuck === isStuck) return;
    this.#isStuck = isStuck;
    this.#options.onStuck(isStuck);
  }

  #leave(reason: 'lost' | 'unwelcome'): void {
    if (this.#hasLeft || !this.#anchor.session) return;
    this.#hasLeft = true;
    this.#options.onLeave(reason);
    void this.close();
  }
}

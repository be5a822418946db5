import { randomBytes } from 'node:crypto';

import { ControlLostError } from './control-lost-error.js';
import type { ControlReply } from './control-message.js';
import { TimedOutError } from './errors.js';
import { recogniseError } from './recognise-error.js';

interface Run {
  command: string;
  mark: string;
  replies: ControlReply[];
  settle: (settlement: Settlement) => void;
}

type Settlement = { type: 'output'; output: string } | { type: 'failure'; error: Error };

interface RunLimits {
  /** How errors call it. */
  command: string;
  timeoutMs: number;
  signal?: AbortSignal;
}

interface ControlRunsOptions {
  /** A run had no answer in time. */
  onTimeout: () => void;
  /** Every run has its answer. */
  onAnswered: () => void;
}

/** The runs on a control connection that have no answer yet, in the order in which they were sent. */
export class ControlRuns {
  readonly #nonce = randomBytes(12).toString('hex');
  readonly #options: ControlRunsOptions;
  readonly #runs: Run[] = [];
  #count = 0;

  constructor(options: ControlRunsOptions) {
    this.#options = options;
  }

  /**
   * Adds a run. How many replies its commands cause can't be known (an error drops the rest, `if-shell` adds some), so
   * the reply that is nothing but `mark` ends it: the caller sends a command that prints that, right after the others.
   */
  add({ command, timeoutMs, signal }: RunLimits): { mark: string; output: Promise<string> } {
    this.#count += 1;
    const mark = `${this.#nonce}-${this.#count}`;
    const output = new Promise<string>((resolve, reject) => {
      const onAbort = () => {
        // What is asked can't be taken back; that no answer comes still has to be found out.
        timer.unref();
        settle({ type: 'failure', error: signal?.reason as Error });
      };
      const timer = setTimeout(() => {
        const error = new TimedOutError(`no answer within ${timeoutMs} ms`, { command });
        settle({ type: 'failure', error });
        this.#options.onTimeout();
      }, timeoutMs);
      const settle = (settlement: Settlement) => {
        signal?.removeEventListener('abort', onAbort);
        if (settlement.type === 'output') resolve(settlement.output);
        else reject(settlement.error);
      };
      const run: Run = {
        ...{ command, mark, replies: [] },
        settle: (settlement) => {
          clearTimeout(timer);
          settle(settlement);
        },
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#runs.push(run);
    });
    return { mark, output };
  }

  /** Gives a reply to the run that it answers. */
  take(reply: ControlReply): void {
    const [run] = this.#runs;
    if (!run || !reply.isAnswer) return;
    if (reply.isError || reply.text !== `${run.mark}\n`) {
      run.replies.push(reply);
      return;
    }
    this.#runs.shift();
    run.settle(summarise(run));
    if (this.#runs.length === 0) this.#options.onAnswered();
  }

  /** Rejects all runs with a `ControlLostError`. */
  lose(problem: string): void {
    for (const { command, settle } of this.#runs.splice(0)) {
      settle({ type: 'failure', error: new ControlLostError(problem, { command }) });
    }
  }
}

function summarise({ command, replies }: Run): Settlement {
  const failure = replies.find(({ isError }) => isError);
  const output = replies.flatMap(({ isError, text }) => (isError ? [] : [text])).join('');
  const error = failure && recogniseError({ command, stderr: failure.text, output, exitCode: 1 });
  return error ? { type: 'failure', error } : { type: 'output', output };
}

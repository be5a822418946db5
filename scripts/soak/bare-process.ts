import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { quantile } from '../../bench/quantile.js';

const run = promisify(execFile);

/** The median of so many counts, as with what it is held against. */
const COUNTED = 11;

/** How long the machine takes, of late, to start the smallest process and to see its end: so busy is it with other things. */
export class BareProcess {
  readonly #latest: number[] = [];

  /** Starts one; resolves to the median of the last few, in milliseconds. */
  async time(): Promise<number> {
    const startedMs = performance.now();
    await run('true');
    this.#latest.push(performance.now() - startedMs);
    if (this.#latest.length > COUNTED) this.#latest.shift();
    return quantile(this.#latest, 0.5);
  }
}

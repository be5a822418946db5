import { execFileSync, fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Arena, Cost } from './contender.js';

const RUN_CONTENDER = fileURLToPath(new URL('./run-contender.js', import.meta.url));

let hires = 0;

/** A contender in a process of its own, whose PATH counts how often it starts tmux. */
export class HiredContender {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** Starts a contender; resolves once it is ready to make a pass. */
  static async hire(
    name: string,
    arena: Arena,
    { directory, env = {} }: { directory: string; env?: NodeJS.ProcessEnv },
  ): Promise<HiredContender> {
    hires += 1;
    const log = join(directory, `starts-${hires}`);
    const bin = `${log}-bin`;
    const tmux = execFileSync('sh', ['-c', 'command -v tmux'], { encoding: 'utf8' }).trim();
    mkdirSync(bin);
    writeFileSync(log, '');
    // The peer knows no socket but the one that TMUX names.
    writeFileSync(join(bin, 'tmux'), `#!/bin/sh\necho >>'${log}'\nexec '${tmux}' "$@"\n`);
    chmodSync(join(bin, 'tmux'), 0o755);
    const child = fork(RUN_CONTENDER, [name, JSON.stringify(arena), log], {
      env: {
        ...process.env,
        ...env,
        TMUX: `${arena.socketPath},1,0`,
        PATH: [bin, process.env['PATH']].join(delimiter),
      },
    });
    const hired = new HiredContender(child);
    await hired.#answer();
    return hired;
  }

  /** Makes passes; resolves to what one of them took. */
  async pass(passes: number): Promise<Cost> {
    const answer = this.#answer();
    this.#child.send(passes);
    return (await answer) as Cost;
  }

  async dismiss(): Promise<void> {
    const exit = once(this.#child, 'exit');
    this.#child.send(0);
    await exit;
  }

  async #answer(): Promise<unknown> {
    const settled = new AbortController();
    const { signal } = settled;
    try {
      const answer = once(this.#child, 'message', { signal });
      const [first] = (await Promise.race([answer, once(this.#child, 'exit', { signal })])) as [unknown];
      if (typeof first === 'number' || first === null)
        throw new Error('a contender ended before it answered');
      return first;
    } finally {
      settled.abort();
    }
  }
}

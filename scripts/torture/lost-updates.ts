import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { makeSession } from '../../fixtures/sessions.js';
import { readHolder } from '../../src/store/lock-chain.js';
import { SessionManager } from '../../src/store/session-manager.js';
import { startChild, type Child } from './start-child.js';
import type { Outcome, Trial, TrialOptions } from './trial.js';

const KEY = 'shop/api-3';
const PROCESSES = 4;

/** Many processes change one record, and whoever holds its lock is killed now and then. */
export const lostUpdates: Trial = {
  name: 'lost-updates',
  promise: 'of what many processes change in one record, nothing is lost, whoever is killed',
  run: async ({ directory, random, isShort }) => {
    const sessions = new SessionManager({ home: directory });
    await sessions.save(makeSession({ rev: 0, total: 0, last: {} }));
    const crowd = new Crowd(directory, isShort ? 100 : 2_000);
    const kills = killHolders(
      sessions,
      crowd,
      isShort ? { random, limit: 8, longestPauseMs: 60 } : { random, limit: 200, longestPauseMs: 400 },
    );
    await crowd.work();
    return judge(sessions, { crowd, kills: await kills });
  },
};

/** Processes that update, each followed by the next one until enough updates were acknowledged. */
class Crowd {
  readonly acknowledged = new Map<string, number>();
  readonly alive = new Set<Child>();
  readonly #home: string;
  readonly #updatesEach: number;
  #started = 0;
  isDone = false;

  constructor(home: string, updatesEach: number) {
    this.#home = home;
    this.#updatesEach = updatesEach;
  }

  async work(): Promise<void> {
    try {
      await Promise.all(Array.from({ length: PROCESSES }, () => this.#workOne()));
    } finally {
      this.isDone = true;
      for (const child of this.alive) child.kill('SIGKILL');
    }
  }

  async #workOne(): Promise<void> {
    for (let left = this.#updatesEach; left > 0 && !this.isDone;) {
      const name = `p${(this.#started += 1)}`;
      const child = startChild('update-record', this.#home, name, String(left));
      this.alive.add(child);
      const ended = once(child, 'exit');
      for await (const line of createInterface({ input: child.stdout })) {
        this.acknowledged.set(name, Number(line.split(' ')[1]));
        left -= 1;
      }
      const [code, signal] = (await ended) as [number | null, string | null];
      this.alive.delete(child);
      if (code !== 0 && signal !== 'SIGKILL') throw new Error(`a writer failed with ${signal ?? code ?? ''}`);
    }
  }
}

async function killHolders(
  { layout }: SessionManager,
  crowd: Crowd,
  { random, limit, longestPauseMs }: Pick<TrialOptions, 'random'> & { limit: number; longestPauseMs: number },
): Promise<number> {
  let kills = 0;
  while (!crowd.isDone && kills < limit) {
    await delay(random() * longestPauseMs);
    const holder = await readHolder(layout.lockFile(KEY));
    // By the time of the signal it may have gone on: then it dies somewhere else.
    const victim = [...crowd.alive].find(({ pid }) => pid === holder?.pid);
    kills += Number(victim?.kill('SIGKILL') ?? false);
  }
  return kills;
}

async function judge(
  sessions: SessionManager,
  { crowd, kills }: { crowd: Crowd; kills: number },
): Promise<Outcome> {
  const record = await sessions.get(KEY);
  const last = Object.entries((record?.['last'] ?? {}) as Record<string, number>);
  const written = last.reduce((sum, [, index]) => sum + index + 1, 0);
  const total = Number(record?.['total']);
  const forgotten = [...crowd.acknowledged].filter(
    ([name, index]) => !((Object.fromEntries(last)[name] ?? -1) >= index),
  );
  const updates = [...crowd.acknowledged.values()].reduce((sum, index) => sum + index + 1, 0);
  return {
    type: 'tried',
    losses: [
      ...(total === written ? [] : [`${written} updates were written, and ${total} are counted`]),
      ...forgotten.map(([name, index]) => `update ${index} of ${name} was acknowledged and is not there`),
    ],
    counts: { updates, kills },
  };
}

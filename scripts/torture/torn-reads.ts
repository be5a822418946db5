import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { makeSession } from '../../fixtures/sessions.js';
import { messageOf } from '../../src/session/message-of.js';
import { SessionManager } from '../../src/store/session-manager.js';
import { startChild } from './start-child.js';
import type { Trial } from './trial.js';

const KEY = 'shop/api-3';
const LONGEST_LIFE_MS = 20;

/** A writer is killed at any moment while others read. */
export const tornReads: Trial = {
  name: 'torn-reads',
  promise: 'a reader sees the old record or the new one, never a part of one nor none',
  run: async ({ directory, random, isShort }) => {
    const [kills, leastReads] = isShort ? [12, 5_000] : [1_000, 100_000];
    const sessions = new SessionManager({ home: directory });
    await sessions.save(makeSession({ rev: 0, task: 'x', taskLength: 1 }));
    const writers = { areDone: false };
    const writing = killWriters(directory, { kills, random }).finally(() => {
      writers.areDone = true;
    });
    let reads = 0;
    const revs = new Set<number>();
    const losses: string[] = [];
    while (!writers.areDone || reads < leastReads) {
      const { rev, loss } = await read(sessions, reads);
      reads += 1;
      revs.add(rev);
      if (loss !== null) losses.push(loss);
    }
    await writing;
    losses.push(...(await findLeftovers(sessions)));
    return { type: 'tried', losses, counts: { reads, kills, 'revs seen': revs.size } };
  },
};

async function killWriters(
  home: string,
  { kills, random }: { kills: number; random: () => number },
): Promise<void> {
  for (let count = 0; count < kills; count += 1) {
    const child = startChild('save-forever', home);
    const ended = once(child, 'exit');
    // Where it finds no whole record, it ends by itself.
    await Promise.race([once(child.stdout, 'data'), ended]);
    await delay(random() * LONGEST_LIFE_MS);
    child.kill('SIGKILL');
    await ended;
  }
}

async function read(sessions: SessionManager, turn: number): Promise<{ rev: number; loss: string | null }> {
  try {
    const session = turn % 2 === 0 ? await sessions.get(KEY) : ((await sessions.list()).sessions[0] ?? null);
    if (!session) return { rev: -1, loss: 'no record was there' };
    const isWhole = session.task?.length === session['taskLength'];
    return { rev: session.rev, loss: isWhole ? null : `rev ${session.rev} is not whole` };
  } catch (error) {
    return { rev: -1, loss: messageOf(error) };
  }
}

/** What the killed ones left and the next writer did not clear away. */
async function findLeftovers(sessions: SessionManager): Promise<string[]> {
  const session = await sessions.get(KEY);
  if (session) await sessions.save(session);
  const names = [
    ...(await readdir(dirname(sessions.layout.sessionFile(KEY)))),
    ...(await readdir(dirname(sessions.layout.lockFile(KEY)))),
  ];
  return names.filter((name) => name !== 'api-3.json').map((name) => `${name} was left behind`);
}

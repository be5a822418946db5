import { setTimeout as delay } from 'node:timers/promises';
import { makeSession } from '../../fixtures/sessions.js';
import { foldJournal } from '../../src/journal/fold-journal.js';
import { journalDirectory } from '../../src/journal/segments.js';
import { readLease } from '../../src/lease/read-lease.js';
import { knowProcess } from '../../src/process/check-process.js';
import type { Handle } from '../../src/session/handle.js';
import { formatCursor } from '../../src/session/place.js';
import type { Status } from '../../src/session/status.js';
import { LifecycleManager } from '../../streams/lifecycle-manager.js';
import { SessionManager } from '../../src/store/session-manager.js';
import { SessionConflictError } from '../../src/store/errors.js';
import { Watcher, type Arrival } from './takeover/watcher.js';
import type { Trial } from './trial.js';
import { lookUntil } from '../look-until.js';

const WATCHERS = 3;
const CHANGE_MS = 20;
const STATUSES: Status[] = ['pr_open', 'approved', 'mergeable'];

/** Three watch a home whose sessions keep changing; whoever runs the loop is killed, again and again. */
export const takeover: Trial = {
  name: 'takeover',
  promise: 'whoever runs the loop is killed, and all watchers print the same, without a gap or a duplicate',
  run: async ({ directory: home, isShort }) => {
    const kills = isShort ? 2 : 50;
    const sessions = new SessionManager({ home });
    for (const id of ['a', 'b', 'c']) await sessions.save(liveSession(id));
    const cursor = await firstCursor(sessions);
    const seen = new Set([placeOf(home).epoch]);
    const watchers = Array.from({ length: WATCHERS }, () => new Watcher(home, cursor));
    const stopping = new AbortController();
    const changing = keepChanging(sessions, stopping.signal);
    const losses: string[] = [];
    const takeoverMs: number[] = [];
    try {
      for (let count = 0; count < kills; count += 1) {
        const ms = await killHolder(home, watchers, seen);
        if (ms === null) losses.push('nobody took over');
        else takeoverMs.push(ms);
      }
    } finally {
      stopping.abort();
      await changing;
    }
    losses.push(...(await compare(home, watchers)));
    for (const watcher of watchers) await watcher.kill();
    takeoverMs.sort((one, other) => one - other);
    const worst = Math.round(takeoverMs.at(-1) ?? Number.NaN);
    if (worst > 2_000) losses.push(`a takeover took ${worst} ms`);
    const p50 = Math.round(takeoverMs[Math.floor(takeoverMs.length / 2)] ?? Number.NaN);
    const events = watchers[0]?.arrivals.length ?? 0;
    return { type: 'tried', losses, counts: { kills, events, 'ms p50': p50, 'ms worst': worst } };
  },
};

/** A session whose program is this very process: it lives as long as the trial. */
function liveSession(id: string): ReturnType<typeof makeSession> {
  const { startTime, ...known } = knowProcess(process.pid);
  const handle: Handle = { type: 'process', ...known, procStart: startTime };
  return makeSession({ id, rev: 0, runtime: 'process', agent: 'screen', handle });
}

/** Where all begin: after the first pass. */
async function firstCursor(sessions: SessionManager): Promise<string> {
  const manager = new LifecycleManager({ sessions });
  await manager.tick();
  await manager.stop();
  return formatCursor(placeOf(sessions.home));
}

function placeOf(home: string): { epoch: string; seq: number } {
  const folded = foldJournal(journalDirectory(home));
  if (!folded) throw new Error('there is no journal');
  return folded.at;
}

async function keepChanging(sessions: SessionManager, signal: AbortSignal): Promise<void> {
  for (let count = 0; !signal.aborted; count += 1) {
    const session = await sessions.get(`shop/${['a', 'b', 'c'][count % 3] ?? ''}`);
    const status = STATUSES[Math.floor(count / 3) % STATUSES.length] ?? 'working';
    try {
      if (session) await sessions.save({ ...session, status });
    } catch (error) {
      // The loop wrote it meanwhile.
      if (!(error instanceof SessionConflictError)) throw error;
    }
    await delay(CHANGE_MS);
  }
}

/**
 * Kills who runs the loop, once it has told something; resolves to how long it took until the first event of the next one
 * came, null if none did. `seen` are the lives of the loop that were told of before.
 */
async function killHolder(
  home: string,
  watchers: readonly Watcher[],
  seen: Set<string>,
): Promise<number | null> {
  const firstNew = (): Promise<Arrival | undefined> =>
    lookUntil(() => Promise.resolve(findNew(watchers, seen)));
  const current = await firstNew();
  const holder = await lookUntil(async () => {
    const lease = await readLease(home, { now: Date.now() });
    return lease.type === 'held' ? watchers.find(({ pid }) => pid === lease.holder.pid) : undefined;
  });
  if (!current || !holder) return null;
  seen.add(current.event.epoch);
  const startedMs = performance.now();
  await holder.kill();
  const next = await firstNew();
  holder.restart();
  return next ? next.atMs - startedMs : null;
}

/** What came first of a life of the loop that nothing was known of. */
const findNew = (watchers: readonly Watcher[], seen: ReadonlySet<string>): Arrival | undefined =>
  watchers
    .flatMap(({ arrivals }) => arrivals.find(({ event }) => !seen.has(event.epoch)) ?? [])
    .sort((one, other) => one.atMs - other.atMs)[0];

/** Once nothing changes any more: whether all have all. */
async function compare(home: string, watchers: readonly Watcher[]): Promise<string[]> {
  const losses: string[] = [];
  const hasAll = await lookUntil(() => {
    const { seq } = placeOf(home);
    return Promise.resolve(watchers.every(({ arrivals }) => arrivals.at(-1)?.event.seq === seq) || undefined);
  });
  if (!hasAll) losses.push('not all came to the end of the journal');
  const [one, ...others] = watchers.map(({ arrivals }) => arrivals.map(({ line }) => line).join('\n'));
  if (others.some((other) => other !== one)) losses.push('they did not print the same');
  for (const { arrivals } of watchers) {
    const seqs = arrivals.map(({ event }) => event.seq);
    const breaks = seqs.filter((seq, index) => index > 0 && seq !== (seqs[index - 1] ?? 0) + 1);
    losses.push(...breaks.map((seq) => `a gap or a duplicate before ${seq}`));
  }
  return losses;
}

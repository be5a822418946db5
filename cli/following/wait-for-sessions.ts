import { setTimeout as delay } from 'node:timers/promises';
import { findSession, sessionKey, type ControlContext } from '../../index.js';
import { WAIT_ENDED_OTHERWISE, WAIT_TIMED_OUT } from '../command-line/exit-code.js';
import { followSessions, type Following, type FollowOptions } from './follow-sessions.js';
import { isClosedPipe } from '../output/print.js';
import { printJsonLines } from '../output/print-json-lines.js';
import { say } from '../output/say.js';
import { nextSignal } from '../terminal/signals.js';
import { WaitList, type Wish } from './wait-list.js';

export interface WaitOptions extends Pick<FollowOptions, 'pollIntervalMs' | 'stuckAfterMs'> {
  /** Each an `ID` or `PROJECT/ID`. */
  ids: readonly string[];
  wish: Wish;
  /** For ever, if left out. */
  timeoutMs: number | undefined;
}

/** Waits until all of these sessions are as wished, and prints their records; resolves to the exit code. */
export async function waitForSessions(
  context: ControlContext,
  { ids, wish, timeoutMs, ...loop }: WaitOptions,
): Promise<number> {
  const interruption = nextSignal();
  const over = new AbortController();
  const keys = await Promise.all(ids.map(async (id) => sessionKey(await findSession(context.sessions, id))));
  const list = new WaitList(keys, wish);
  const following = await followSessions(context, loop);
  let result: number | NodeJS.Signals;
  try {
    result = await Promise.race([
      untilDecided(context, following, list),
      interruption.signal,
      ...(timeoutMs === undefined ? [] : [timeIsUp(timeoutMs, over.signal)]),
    ]);
  } finally {
    over.abort();
    await following.stop();
  }
  interruption.forget();
  if (typeof result === 'string') process.kill(process.pid, result);
  if (result === WAIT_TIMED_OUT) say(`vitals: the time is up: still waiting for ${list.pending.join(', ')}`);
  if (result === WAIT_ENDED_OTHERWISE) say(`vitals: ${list.hopeless ?? ''}`);
  if (result === 0) await printRecords(context, keys);
  return Number(result);
}

const timeIsUp = (timeoutMs: number, signal: AbortSignal): Promise<number> =>
  delay(timeoutMs, WAIT_TIMED_OUT, { signal });

async function untilDecided(
  { sessions }: ControlContext,
  { events, firstPass }: Following,
  list: WaitList,
): Promise<number> {
  // What a record says may be long out of date; what is waited for must be so in reality.
  await firstPass;
  list.takeRecords((await sessions.list()).sessions);
  const decide = (): number | null => {
    if (list.pending.length === 0) return 0;
    return list.hopeless === null ? null : WAIT_ENDED_OTHERWISE;
  };
  if (decide() === null) {
    say(`waiting for ${list.pending.join(', ')}`);
    for await (const event of events) {
      if (event.type === 'lagged') list.takeRecords((await sessions.list()).sessions);
      else list.takeEvent(event);
      if (decide() !== null) break;
    }
  }
  return decide() ?? 1;
}

async function printRecords({ sessions }: ControlContext, keys: readonly string[]): Promise<void> {
  const records = await Promise.all(keys.map((key) => sessions.get(key)));
  try {
    await printJsonLines(records.filter((record) => record !== null));
  } catch (error) {
    if (!isClosedPipe(error)) throw error;
  }
}

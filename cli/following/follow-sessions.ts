import {
  LifecycleManager,
  prepareHome,
  type ControlContext,
  type LifecycleEvent,
  type PassReport,
  type Session,
  type SnapshotLine,
} from '../../index.js';
import { say } from '../output/say.js';
import { staySmall } from './stay-small.js';

export interface FollowOptions {
  pollIntervalMs: number;
  stuckAfterMs?: number | undefined;
  /** How many events may wait for a slow consumer before the oldest go. */
  capacity?: number | undefined;
  /** Which events are wanted; all, unless told. */
  where?: ((event: LifecycleEvent) => boolean) | undefined;
  /** Gets what the loop has to say to people; stderr, unless told. */
  warn?: ((message: string) => void) | undefined;
}

/** The sessions at one instant, and every event after it. */
export interface Following {
  sessions: Session[];
  events: AsyncIterable<LifecycleEvent>;
  /** Resolves once reality was looked at for the first time; null if it was stopped before. */
  firstPass: Promise<PassReport | null>;
  /** Ends the events once what was read is saved and told. */
  stop: () => Promise<void>;
}

/** Takes part in the home's loop: the sessions, then their events, so that none can come between the two unseen. */
export async function followSessions(
  context: ControlContext,
  { pollIntervalMs, stuckAfterMs, capacity, where, warn = warnOnStderr }: FollowOptions,
): Promise<Following> {
  staySmall();
  await prepareHome(context.sessions);
  const manager = new LifecycleManager({ ...context, pollIntervalMs, stuckAfterMs, warn });
  const lines = manager.snapshotThenEvents({
    ...(capacity !== undefined && { capacity }),
    ...(where !== undefined && { where }),
  });
  try {
    const sessions = await takeSnapshot(lines);
    const { firstPass } = manager.start();
    const stop = async (): Promise<void> => {
      await manager.stop();
      await lines.return();
    };
    return { sessions, events: onlyEvents(lines), firstPass, stop };
  } catch (error) {
    await manager.stop();
    throw error;
  }
}

const warnOnStderr = (message: string): void => say(`vitals: ${message}`);

type Lines = AsyncGenerator<SnapshotLine | LifecycleEvent, void, undefined>;

async function takeSnapshot(lines: Lines): Promise<Session[]> {
  const sessions: Session[] = [];
  for (;;) {
    const { value } = await lines.next();
    if (value?.type !== 'session') return sessions;
    sessions.push(value.session);
  }
}

async function* onlyEvents(lines: Lines): AsyncGenerator<LifecycleEvent, void, undefined> {
  for await (const line of lines) if (line.type !== 'session' && line.type !== 'synced') yield line;
}

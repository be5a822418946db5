import type { ControlContext, EventType, LifecycleEvent } from '../../index.js';
import { fitsFilter, type EventFilter } from './event-filter.js';
import { eventVariables } from './event-variables.js';
import { followSessions, type FollowOptions } from './follow-sessions.js';
import { runProgram } from '../terminal/run-program.js';
import { say } from '../output/say.js';
import { nextSignal } from '../terminal/signals.js';
import { untilFailed } from './until-failed.js';

export interface RunOnEventsOptions extends Pick<FollowOptions, 'pollIntervalMs' | 'stuckAfterMs'> {
  types: readonly EventType[];
  filter: EventFilter;
  /** argv: no shell reads it. */
  command: readonly string[];
  /** How many may run at once. */
  concurrency: number;
  timeoutMs: number;
  /** How many events may wait for their turn before the oldest go. */
  capacity: number;
}

/** Runs a program for each event until a signal ends it; resolves to the exit code. */
export async function runOnEvents(
  context: ControlContext,
  { types, filter, pollIntervalMs, stuckAfterMs, capacity, ...running }: RunOnEventsOptions,
): Promise<number> {
  const isWanted = (event: LifecycleEvent): boolean => fitsFilter(event, { ...filter, type: [...types] });
  const following = await followSessions(context, {
    pollIntervalMs,
    stuckAfterMs,
    capacity,
    where: isWanted,
  });
  const interruption = nextSignal();
  const end = new AbortController();
  const env = { ...process.env, VITALS_HOME: context.sessions.home };
  const runs = runAll(following.events, { ...running, types, env, signal: end.signal });
  const watching = following.firstPass.then((report) => {
    if (report) say(report.error ?? `watching ${context.sessions.home}: ${report.sessions} sessions`);
  });
  let signal: NodeJS.Signals | null;
  try {
    signal = await Promise.race([interruption.signal, runs.then(() => null), untilFailed(watching)]);
  } finally {
    end.abort();
    await following.stop();
  }
  await Promise.all([runs, watching]);
  interruption.forget();
  if (signal) process.kill(process.pid, signal);
  return 0;
}

interface RunAllOptions extends Pick<RunOnEventsOptions, 'types' | 'command' | 'concurrency' | 'timeoutMs'> {
  env: NodeJS.ProcessEnv;
  signal: AbortSignal;
}

async function runAll(
  events: AsyncIterable<LifecycleEvent>,
  { types, concurrency, signal, ...options }: RunAllOptions,
): Promise<void> {
  const running = new Set<Promise<void>>();
  for await (const event of events) {
    if (event.type === 'lagged')
      say(`vitals: ${event.missed} events were missed: they come faster than the command`);
    if (signal.aborted || !types.includes(event.type)) continue;
    const run = runOnce(event, { ...options, signal }).finally(() => running.delete(run));
    running.add(run);
    if (running.size >= concurrency) await Promise.race(running);
  }
  await Promise.all(running);
}

async function runOnce(
  event: LifecycleEvent,
  { env, ...options }: Omit<RunAllOptions, 'types' | 'concurrency'>,
): Promise<void> {
  const own = Object.fromEntries(
    Object.entries(eventVariables(event)).map(([name, value]) => [name, value ?? undefined]),
  );
  const failure = await runProgram({
    ...options,
    input: `${JSON.stringify(event)}\n`,
    env: { ...env, ...own },
  });
  if (failure !== null)
    say(`vitals: ${options.command[0] ?? ''} failed on event ${event.seq}, ${event.type}: ${failure}`);
}

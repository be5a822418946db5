import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { makeSession } from '../../fixtures/sessions.js';
import { JournalReader } from '../../src/journal/journal-reader.js';
import { journalDirectory } from '../../src/journal/segments.js';
import type { LifecycleEvent } from '../../src/session/event.js';
import { SessionManager } from '../../src/store/session-manager.js';
import { KILL_POINTS, type KillPoint } from './kill-point.js';
import { startChild } from './start-child.js';
import type { Trial } from './trial.js';

const IDS = ['a', 'b', 'c'];

/** A home with its reality, and what its journal must say of it. */
interface World {
  home: string;
  reality: string;
  expected: Record<string, string[]>;
  told: string[];
}

/** The loop is killed at every point between probe and last subscriber, and made anew. */
export const killedBetween: Trial = {
  name: 'killed-between',
  promise:
    'killed anywhere from probe to publish, the journal has each transition once, and all that was told',
  run: async ({ directory, isShort }) => {
    const rounds = KILL_POINTS.length * (isShort ? 1 : 25);
    const world = await makeWorld(join(directory, 'world'));
    const kills = new Map<KillPoint, number>(KILL_POINTS.map((point) => [point, 0]));
    for (let round = 0; round < rounds; round += 1) {
      const point = KILL_POINTS[round % KILL_POINTS.length] ?? 'probing';
      await changeReality(world, round, round === rounds - 1);
      if (await runOnce(world, point)) kills.set(point, (kills.get(point) ?? 0) + 1);
      await runOnce(world, 'none');
    }
    const losses = [...findLosses(world, readJournal(world.home))];
    const transitions = Object.values(world.expected).flat().length;
    const killed = [...kills.values()].reduce((sum, count) => sum + count, 0);
    if (killed < rounds) losses.push(`only ${killed} of ${rounds} were killed where they should be`);
    const counts = Object.fromEntries([...kills].map(([point, count]) => [`at ${point}`, count]));
    return { type: 'tried', losses, counts: { ...counts, transitions } };
  },
};

async function makeWorld(directory: string): Promise<World> {
  const world: World = {
    home: join(directory, 'home'),
    reality: join(directory, 'reality.json'),
    expected: {},
    told: [],
  };
  await mkdir(directory);
  const sessions = new SessionManager({ home: world.home });
  for (const id of IDS) {
    const handle = { type: 'reality', name: id };
    await sessions.save(makeSession({ id, rev: 0, runtime: 'reality', agent: 'reality', handle }));
    world.expected[id] = [];
  }
  await writeFile(world.reality, JSON.stringify({ dead: [], activities: {} }));
  await runOnce(world, 'none');
  return world;
}

/** Every session does something else now; in the end they die. */
async function changeReality(world: World, round: number, isLast: boolean): Promise<void> {
  const activity = round % 2 === 0 ? 'waiting_input' : 'active';
  const from = round % 2 === 0 ? 'working' : 'needs_input';
  const to = round % 2 === 0 ? 'needs_input' : 'working';
  const before = round === 0 ? null : round % 2 === 0 ? 'active' : 'waiting_input';
  const activities = Object.fromEntries(IDS.map((id) => [id, activity]));
  const dead = isLast ? IDS.slice(1) : [];
  for (const id of IDS) {
    const now = dead.includes(id)
      ? [`status ${from} errored`, 'terminated runtime_gone 3']
      : [`activity ${String(before)} ${activity}`, `status ${from} ${to}`];
    world.expected[id]?.push(...now);
  }
  await writeFile(world.reality, JSON.stringify({ dead, activities }));
}

/** One pass in a process of its own; resolves to whether it was killed. */
async function runOnce(world: World, point: KillPoint | 'none'): Promise<boolean> {
  const child = startChild('die-at', world.home, world.reality, point);
  const [output, [, signal]] = await Promise.all([
    text(child.stdout),
    once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>,
  ]);
  world.told.push(...output.split('\n').filter((line) => line !== ''));
  return signal === 'SIGKILL';
}

function readJournal(home: string): LifecycleEvent[] {
  const reader = new JournalReader(journalDirectory(home), null);
  const events: LifecycleEvent[] = [];
  for (let news = reader.read(); news.length > 0; news = reader.read()) {
    events.push(...news.flatMap((one) => (one.type === 'event' ? [one.event] : [])));
  }
  reader.close();
  return events;
}

function* findLosses({ expected, told }: World, events: readonly LifecycleEvent[]): Generator<string> {
  const lines = new Set(events.map((event) => JSON.stringify(event)));
  for (const line of told) if (!lines.has(line)) yield `this was told and is not in the journal: ${line}`;
  if (events.some(({ seq }, index) => seq !== index + 1)) yield 'the numbers have a gap or come twice';
  for (const [id, wanted] of Object.entries(expected)) {
    const found = events.filter((event) => 'sessionId' in event && event.sessionId === id).flatMap(describe);
    if (found.join() !== wanted.join()) yield `${id} has ${found.join()} instead of ${wanted.join()}`;
  }
}

function describe(event: LifecycleEvent): string[] {
  switch (event.type) {
    case 'activity_changed':
      return [`activity ${String(event.prev)} ${String(event.next)}`];
    case 'status_changed':
      return [`status ${event.from} ${event.to}`];
    case 'terminated':
      return [`terminated ${event.reason} ${String(event.exit.code)}`];
    case 'session_restored':
      return [];
    default:
      return [event.type];
  }
}

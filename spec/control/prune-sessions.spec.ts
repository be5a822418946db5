import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeSession } from '../../fixtures/sessions.js';
import { pruneSessions } from '../../src/control/prune-sessions.js';
import { sessionKey } from '../../src/session/session-key.js';
import type { Session } from '../../src/session/session.js';
import { STATUSES, isTerminal } from '../../src/session/status.js';
import { SessionManager } from '../../src/store/session-manager.js';
import { useTemporaryHome } from '../store/temporary-home.js';

const DAY_MS = 86_400_000;
const NOW = Date.parse('2026-03-31T00:00:00.000Z');
const home = useTemporaryHome();
const clock = { now: () => NOW };
const daysAgo = (days: number): string => new Date(NOW - days * DAY_MS).toISOString();
const exit = (at: string): Session['exit'] => ({ reason: 'agent_exited', code: 0, signal: null, at });

async function record(overrides: Partial<Session>): Promise<SessionManager> {
  const sessions = new SessionManager({ home: home.path, clock });
  await sessions.save(makeSession({ rev: 0, ...overrides }));
  return sessions;
}

const prune = (sessions: SessionManager, isDryRun = false): Promise<string[]> =>
  pruneSessions({ sessions, clock }, { olderThanMs: 7 * DAY_MS, isDryRun });

describe('pruning', () => {
  it('archives what ended before the time and nothing else, oldest first', async () => {
    for (const days of [6.9, 7.1, 30]) {
      await record({
        id: `d-${String(days).replace('.', '-')}`,
        status: 'done',
        createdAt: daysAgo(days + 1),
        exit: exit(daysAgo(days)),
      });
    }
    const sessions = await record({ id: 'live', createdAt: daysAgo(90) });
    expect(await prune(sessions)).toEqual(['shop/d-30', 'shop/d-7-1']);
    expect((await sessions.list()).sessions.map(({ id }) => id)).toEqual(['d-6-9', 'live']);
    expect(await readdir(join(home.path, 'archive', 'shop'))).toHaveLength(2);
    expect(await prune(sessions)).toEqual([]);
  });

  it.each(STATUSES.filter((status) => !isTerminal(status)))(
    'never archives one that is %s',
    async (status) => {
      const sessions = await record({ status, createdAt: daysAgo(90), exit: exit(daysAgo(90)) });
      expect(await prune(sessions)).toEqual([]);
    },
  );

  it('goes by its last change where a record does not say when it ended', async () => {
    const sessions = await record({ status: 'killed', exit: null });
    // It was saved just now.
    expect(await prune(sessions)).toEqual([]);
    const path = sessions.layout.sessionFile('shop/api-3');
    await writeFile(path, (await readFile(path, 'utf8')).replace(new Date(NOW).toISOString(), daysAgo(8)));
    expect(await prune(sessions)).toEqual(['shop/api-3']);
  });

  it('only tells what it would do in a dry run', async () => {
    const sessions = await record({ status: 'done', exit: exit(daysAgo(8)) });
    expect(await prune(sessions, true)).toEqual(['shop/api-3']);
    expect((await sessions.list()).sessions).toHaveLength(1);
  });

  it('leaves one that was brought back since it was listed', async () => {
    const sessions = await record({ status: 'done', exit: exit(daysAgo(8)) });
    const listed = await sessions.list();
    await sessions.save({ ...listed.sessions[0]!, status: 'working', exit: null });
    const stale = Object.assign(Object.create(sessions) as SessionManager, {
      list: () => Promise.resolve(listed),
      archiveIf: sessions.archiveIf.bind(sessions),
      tidy: sessions.tidy.bind(sessions),
    });
    expect(await prune(stale)).toEqual([]);
    expect(await sessions.get('shop/api-3')).toMatchObject({ status: 'working' });
  });

  it('takes along what its program and its agent left, if they are its own', async () => {
    const { layout } = new SessionManager({ home: home.path });
    const files = { exitFile: layout.exitFile('shop/own'), outputFile: layout.outputFile('shop/own') };
    const ended = { status: 'done' as const, exit: exit(daysAgo(8)) };
    await record({ id: 'own', ...ended, handle: { type: 'process', ...files } });
    const sessions = await record({ id: 'adopted', ...ended, handle: { type: 'tmux', exitFile: null } });
    for (const key of ['shop/own', 'shop/adopted']) {
      for (const path of [layout.exitFile(key), layout.outputFile(key), layout.hookFile(key)]) {
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, key);
      }
    }
    expect((await prune(sessions)).sort()).toEqual(['shop/adopted', 'shop/own']);
    const archived = await readdir(join(home.path, 'archive', 'shop'));
    expect(archived.map((name) => name.replace(/-\d{8}T\d{9}Z/, '')).sort()).toEqual([
      'adopted.hook.json',
      'adopted.json',
      'own.exit',
      'own.hook.json',
      'own.json',
      'own.log',
    ]);
    expect(await readdir(dirname(layout.exitFile('shop/own')))).toEqual(['adopted']);
  });

  it('leaves what can’t be read', async () => {
    const sessions = await record({ status: 'done', exit: exit(daysAgo(8)) });
    await writeFile(join(dirname(sessions.layout.sessionFile('shop/api-3')), 'bad.json'), '{');
    expect(await prune(sessions)).toEqual([sessionKey(makeSession())]);
    expect((await sessions.list()).unreadable).toHaveLength(1);
  });
});

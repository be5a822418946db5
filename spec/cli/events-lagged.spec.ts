import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { makeSession } from '../../fixtures/sessions.js';
import { SessionManager } from '../../src/store/session-manager.js';
import { readEvents, Vitals } from './vitals.js';

/** Their lines are more than a pipe takes. */
const SESSIONS = 600;

describe('a reader that is too slow', () => {
  const vitals = new Vitals();
  afterAll(() => vitals.stop());

  it.each([[[]], [['--project', 'shop']], [['--type', 'session_restored']]])(
    'is told how many events it missed, with %j too',
    async (filter) => {
      const home = vitals.tmux.directory.fresh('home');
      const sessions = new SessionManager({ home });
      const createdAt = new Date().toISOString();
      const records = Array.from({ length: SESSIONS }, (_, at) =>
        makeSession({ id: `s${at}`, rev: 0, status: 'spawning', handle: null, createdAt }),
      );
      await Promise.all(records.map((record) => sessions.save(record)));
      const child = vitals.start(['events', '--once', '--buffer', '10', ...filter], {
        env: { VITALS_HOME: home },
      });
      await once(child.stderr, 'data');
      const lines = readEvents(await text(child.stdout));
      const missed = lines.map((line) => (line.type === 'lagged' ? line.missed : 0));
      expect(missed.some((count) => count > 0)).toBe(true);
      expect(missed.reduce((sum, count) => sum + (count || 1), 0)).toBe(SESSIONS);
    },
  );
});

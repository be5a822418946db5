import { newSession, toId } from '../../src/control/new-session.js';
import { isId } from '../../src/session/session-key.js';

describe('newSession', () => {
  const now = Date.parse('2026-01-01T00:00:00.000Z');
  const about = { agent: 'screen', runtime: 'tmux', command: ['sleep', '60'], workspacePath: null };

  it('is a record that was never written', () => {
    expect(newSession({ ...about, id: 'a' }, now)).toMatchObject({
      ...{
        id: 'a',
        projectId: 'default',
        rev: 0,
        status: 'spawning',
        activity: null,
        handle: null,
        exit: null,
      },
      ...{ createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-01T00:00:00.000Z' },
    });
  });

  it.each([[['sleep']], [['/usr/bin/env']], [['--x']], [['…']], [['']], [[]], [['x'.repeat(200)]]])(
    'has an id for the command %j',
    (command) => {
      const { id } = newSession({ ...about, command }, now);
      expect([isId(id), id]).toEqual([true, expect.stringMatching(/-[a-z0-9]{4}$/)]);
    },
  );
});

describe('toId', () => {
  it.each([
    ['claude', 'claude'],
    ['a b', 'a-b'],
    ['../../etc/passwd', 'etc-passwd'],
    ['_vitals-x', 'vitals-x'],
    ['--', ''],
    ['ä', ''],
    ['x y ', 'x-y'],
    [`${'x'.repeat(47)} tail`, `${'x'.repeat(47)}-`],
  ])('makes of %j the id %j', (text, id) => expect(toId(text)).toBe(id));
});

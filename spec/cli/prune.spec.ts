import { readdirSync } from 'node:fs';
import { makeSession } from '../../fixtures/sessions.js';
import { Vitals } from './vitals.js';

const DAY_MS = 86_400_000;

describe('vitals prune', () => {
  const vitals = new Vitals();
  afterAll(() => vitals.stop());

  beforeAll(async () => {
    for (const [id, days] of [
      ['old', 10],
      ['older', 100],
      ['new', 1],
    ] as const) {
      const at = new Date(Date.now() - days * DAY_MS).toISOString();
      const exit = { reason: 'agent_exited', code: 0, signal: null, at };
      await vitals.sessions.save(makeSession({ rev: 0, id, status: 'done', createdAt: at, exit }));
    }
    await vitals.sessions.save(makeSession({ rev: 0, id: 'live', createdAt: '2020-01-01T00:00:00.000Z' }));
  });

  const ids = async (): Promise<string[]> =>
    (await vitals.sessions.list()).sessions.map(({ id }) => id).sort();

  it('says what it would archive, then archives that and says so', async () => {
    const archived = { stdout: 'shop/older\nshop/old\n', stderr: '', code: 0, signal: null };
    expect(await vitals.run(['prune', '--older-than', '7d', '--dry-run'])).toEqual(archived);
    expect(await ids()).toEqual(['live', 'new', 'old', 'older']);
    expect(await vitals.run(['prune', '--older-than', '30d'])).toEqual({
      ...archived,
      stdout: 'shop/older\n',
    });
    expect(await vitals.run(['prune'])).toEqual({ ...archived, stdout: 'shop/old\n' });
    expect(await ids()).toEqual(['live', 'new']);
    expect(readdirSync(`${vitals.home}/archive/shop`)).toHaveLength(2);
  });

  it('has nothing to say where nothing is old, nor in a home that is not there', async () => {
    const nothing = { stdout: '', stderr: '', code: 0, signal: null };
    expect(await vitals.run(['prune', '--older-than', '365d'])).toEqual(nothing);
    expect(await vitals.run(['prune', '--home', vitals.tmux.directory.fresh('home')])).toEqual(nothing);
  });

  it.each(['7', 'soon', '-1d', '0d'])('refuses the age %s', async (age) => {
    expect(await vitals.run(['prune', `--older-than=${age}`])).toMatchObject({ code: 2, stdout: '' });
    expect(await ids()).toEqual(['live', 'new']);
  });
});

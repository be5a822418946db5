import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fs from 'fs-extra';
import { makeSession } from '../../fixtures/sessions.js';
import type { Session } from '../../src/session/session.js';
import {
  InvalidIdError,
  InvalidSessionError,
  SessionConflictError,
  SessionTooLargeError,
  SessionUnreadableError,
  StoreError,
  UnknownSessionError,
} from '../../src/store/errors.js';
import { SessionManager } from '../../src/store/session-manager.js';
import { useTemporaryHome } from './temporary-home.js';

const home = useTemporaryHome();
const NOW = Date.parse('2026-03-04T05:06:07.089Z');
const manage = (): SessionManager => new SessionManager({ home: home.path, clock: { now: () => NOW } });
const fresh = (overrides: Partial<Session> = {}): Session => makeSession({ rev: 0, ...overrides });
const fileOf = (key: string): string => join(home.path, 'sessions', `${key}.json`);
const readText = (key: string): Promise<string> => readFile(fileOf(key), 'utf8');
const throughJson = (session: Session): Session => JSON.parse(JSON.stringify(session)) as Session;

describe('saving a session', () => {
  it('writes a new one as rev 1, for people to read, and gives back what is on disk', async () => {
    const saved = await manage().save(fresh(), { writtenBy: 'spawn' });
    expect(throughJson(saved)).toEqual({
      ...fresh(),
      rev: 1,
      writtenBy: 'spawn',
      updatedAt: '2026-03-04T05:06:07.089Z',
    });
    expect(await readText('shop/api-3')).toBe(`${JSON.stringify(saved, null, 2)}\n`);
    expect((await stat(fileOf('shop/api-3'))).mode & 0o777).toBe(0o600);
    expect(await manage().get('shop/api-3')).toEqual(saved);
  });

  it('raises the rev with each write and names the writer, `api` if it gives no name', async () => {
    const sessions = manage();
    let session = await sessions.save(fresh());
    for (const rev of [2, 3, 4]) {
      session = await sessions.save({ ...session, status: 'idle' });
      expect(session).toMatchObject({ rev, status: 'idle', writtenBy: 'api' });
    }
    expect(await sessions.get('shop/api-3')).toEqual(session);
  });

  it('keeps the fields that it does not know', async () => {
    await fs.outputJson(fileOf('shop/api-3'), { ...fresh(), theirs: { deep: [1, null, 'ü'] } });
    const session = (await manage().get('shop/api-3'))!;
    await manage().save({ ...session, status: 'done' });
    expect(JSON.parse(await readText('shop/api-3'))).toMatchObject({
      status: 'done',
      theirs: { deep: [1, null, 'ü'] },
    });
  });

  it('makes a new one where there is none, and nowhere else', async () => {
    const sessions = manage();
    await sessions.save(fresh(), { writtenBy: 'adopt' });
    await expect(sessions.save(fresh({ status: 'done' }))).rejects.toThrow(
      'can\'t save shop/api-3: it exists already (rev 1, written by "adopt")',
    );
    expect((await sessions.get('shop/api-3'))?.status).toBe('working');
  });

  it('lets one of many who save the same new session win', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) => manage().save(fresh({ task: String(index) }))),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await manage().get('shop/api-3'))?.rev).toBe(1);
  });

  it('says who wrote in between, and leaves what that one wrote', async () => {
    const sessions = manage();
    const mine = await sessions.save(fresh());
    await manage().save({ ...mine, status: 'killed' }, { writtenBy: 'kill' });
    const failure: unknown = await sessions
      .save({ ...mine, status: 'idle' })
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SessionConflictError);
    expect(failure).toMatchObject({
      key: 'shop/api-3',
      expectedRev: 1,
      actual: { rev: 2, writtenBy: 'kill' },
    });
    expect((failure as Error).message).toBe(
      'can\'t save shop/api-3: "kill" wrote rev 2 since rev 1 was read; read it again',
    );
    expect((await sessions.get('shop/api-3'))?.status).toBe('killed');
  });

  it('notices an editor, who does not count revisions', async () => {
    const sessions = manage();
    const mine = await sessions.save(fresh({ task: 'old' }));
    await writeFile(fileOf('shop/api-3'), (await readText('shop/api-3')).replace('old', 'new'));
    await expect(sessions.save({ ...mine, status: 'idle' })).rejects.toThrow(
      "can't save shop/api-3: it was edited since it was read; read it again",
    );
    expect(await sessions.get('shop/api-3')).toMatchObject({ task: 'new', status: 'working', rev: 1 });
  });

  it('goes by the rev alone for a session that came through JSON', async () => {
    const sessions = manage();
    const mine = throughJson(await sessions.save(fresh()));
    expect(await sessions.save({ ...mine, status: 'idle' })).toMatchObject({ rev: 2, status: 'idle' });
    await expect(sessions.save({ ...mine, status: 'done' })).rejects.toThrow(SessionConflictError);
  });

  it('does not bring back a session that was removed', async () => {
    const sessions = manage();
    const mine = await sessions.save(fresh());
    await sessions.remove('shop/api-3');
    const failure: unknown = await sessions.save(mine).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'SessionConflictError', actual: null });
    await expect(sessions.save(throughJson(mine))).rejects.toThrow('it was removed since it was read');
    expect(await sessions.get('shop/api-3')).toBeNull();
  });

  it('leaves a bad file alone', async () => {
    const sessions = manage();
    const mine = await sessions.save(fresh());
    await writeFile(fileOf('shop/api-3'), '{"half');
    await expect(sessions.save(mine)).rejects.toThrow(SessionUnreadableError);
    await expect(sessions.save(fresh())).rejects.toThrow(SessionUnreadableError);
    expect(await readText('shop/api-3')).toBe('{"half');
  });

  it.each([
    ['a status of no such name', { status: 'bored' }, /its field "status" is not valid/],
    ['a time that is none', { createdAt: 'yesterday' }, /its field "createdAt" is not valid/],
    ['a rev that is no number', { rev: Number.NaN }, /its field "rev" is not valid/],
    ['what JSON cannot express', { theirs: 10n }, /it holds something that JSON cannot express/],
    ['a key that no reader takes', { theirs: JSON.parse('{"__proto__":1}') as unknown }, /"__proto__"/],
  ])('refuses %s, and writes nothing', async (_, overrides, message) => {
    const bad = { ...fresh(), ...overrides } as Session;
    await expect(manage().save(bad)).rejects.toThrow(message);
    expect(await fs.pathExists(fileOf('shop/api-3'))).toBe(false);
  });

  it('refuses one so large that it could not be read again', async () => {
    const failure: unknown = await manage()
      .save(fresh({ task: 'x'.repeat(1024 * 1024) }))
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SessionTooLargeError);
    expect(await fs.pathExists(fileOf('shop/api-3'))).toBe(false);
  });

  it('refuses ids that would leave the store before it touches the disk', async () => {
    await expect(manage().save(fresh({ id: '../../evil' }))).rejects.toThrow(InvalidIdError);
    await expect(manage().save(fresh({ projectId: '..' }))).rejects.toThrow(InvalidIdError);
    expect(await readdir(home.path)).toEqual([]);
  });

  it('writes through no link that stands for a project', async () => {
    const outside = join(home.path, 'outside');
    await mkdir(outside);
    await mkdir(join(home.path, 'sessions'));
    await symlink(outside, join(home.path, 'sessions', 'shop'));
    const sessions = manage();
    await expect(sessions.save(fresh())).rejects.toThrow(/it is a link, not a directory/);
    await expect(sessions.get('shop/api-3')).rejects.toThrow(SessionUnreadableError);
    await expect(sessions.remove('shop/api-3')).rejects.toThrow(/it is a link, not a directory/);
    expect(await readdir(outside)).toEqual([]);
  });

  it('is told apart from other errors by its types', () => {
    expect(new InvalidSessionError('a/b', 'why')).toBeInstanceOf(StoreError);
    expect(new InvalidSessionError('a/b', 'why').name).toBe('InvalidSessionError');
  });
});

describe('updating a session', () => {
  const count = (session: Session): Session => ({ ...session, total: Number(session['total'] ?? 0) + 1 });

  it('changes what is on disk by then, however many do so at once', async () => {
    await manage().save(fresh());
    await Promise.all(Array.from({ length: 20 }, () => manage().update('shop/api-3', count)));
    expect(await manage().get('shop/api-3')).toMatchObject({ rev: 21, total: 20 });
  });

  it('writes nothing where there is nothing to change, and no other session', async () => {
    const sessions = manage();
    const saved = await sessions.save(fresh());
    expect(await sessions.update('shop/api-3', () => null)).toEqual(saved);
    await sessions.update('shop/api-3', (session) => ({ ...session, id: 'other', projectId: 'else' }));
    expect(await readdir(join(home.path, 'sessions'), { recursive: true })).toEqual([
      'shop',
      'shop/api-3.json',
    ]);
  });

  it('overwrites no edit that was made at that very moment', async () => {
    const sessions = manage();
    await sessions.save(fresh({ task: 'old' }));
    const updating = sessions.update('shop/api-3', (session) => {
      fs.writeFileSync(fileOf('shop/api-3'), JSON.stringify({ ...session, task: 'edited' }));
      return { ...session, status: 'idle' };
    });
    await expect(updating).rejects.toThrow(SessionConflictError);
    expect(await sessions.get('shop/api-3')).toMatchObject({ task: 'edited', status: 'working' });
  });

  it('knows no session that is not there', async () => {
    await expect(manage().update('shop/api-3', count)).rejects.toThrow(UnknownSessionError);
  });
});

describe('getting a session', () => {
  it('gives null for one that is not there, in a home that is not there', async () => {
    expect(await new SessionManager({ home: join(home.path, 'nowhere') }).get('shop/api-3')).toBeNull();
  });

  it('says which file is bad, and why', async () => {
    await fs.outputFile(fileOf('shop/api-3'), '[]');
    await expect(manage().get('shop/api-3')).rejects.toThrow(
      `can't read the record of shop/api-3: it is no JSON object; mend or remove ${fileOf('shop/api-3')}`,
    );
  });

  it('refuses a key that is none', async () => {
    await expect(manage().get('api-3')).rejects.toThrow(InvalidIdError);
  });

  it('finds one by the beginning of its id, and reads no other', async () => {
    const saved = await manage().save(fresh());
    await fs.outputFile(fileOf('shop/web'), 'bad');
    expect(await manage().findByPrefix('ap')).toEqual(saved);
    await expect(manage().findByPrefix('w')).rejects.toThrow(SessionUnreadableError);
    await expect(manage().findByPrefix('nobody')).rejects.toThrow(UnknownSessionError);
  });
});

describe('removing and archiving', () => {
  it('removes the record, whether it can be read or not', async () => {
    const sessions = manage();
    await sessions.save(fresh());
    await sessions.remove('shop/api-3');
    await writeFile(fileOf('shop/api-3'), 'bad');
    await sessions.remove('shop/api-3');
    expect(await readdir(join(home.path, 'sessions', 'shop'))).toEqual([]);
  });

  it('removes a link, and not what it points to', async () => {
    await fs.outputFile(join(home.path, 'precious.json'), '{}');
    await mkdir(join(home.path, 'sessions', 'shop'), { recursive: true });
    await symlink('../../precious.json', fileOf('shop/api-3'));
    await manage().remove('shop/api-3');
    expect(await readFile(join(home.path, 'precious.json'), 'utf8')).toBe('{}');
  });

  it('moves the record to the archive under the time, and over nothing that lies there', async () => {
    const sessions = manage();
    for (const task of ['first', 'second', 'third']) {
      await sessions.save(fresh({ task }));
      await sessions.archive('shop/api-3');
    }
    const archive = join(home.path, 'archive', 'shop');
    const tasks = await Promise.all(
      ['', '-2', '-3'].map(
        (count) => fs.readJson(join(archive, `api-3-20260304T050607089Z${count}.json`)) as Promise<Session>,
      ),
    );
    expect(tasks.map(({ task }) => task)).toEqual(['first', 'second', 'third']);
    expect(await readdir(archive)).toHaveLength(3);
    expect(await sessions.list()).toEqual({ sessions: [], unreadable: [] });
  });

  it('knows no session that is not there', async () => {
    await expect(manage().remove('shop/api-3')).rejects.toThrow(UnknownSessionError);
    await expect(manage().archive('shop/api-3')).rejects.toThrow(UnknownSessionError);
    await expect(manage().archive('../x')).rejects.toThrow(InvalidIdError);
  });

  it('moves nothing out through a link that stands for an archive', async () => {
    await manage().save(fresh());
    await mkdir(join(home.path, 'archive'));
    await mkdir(join(home.path, 'outside'));
    await symlink('../outside', join(home.path, 'archive', 'shop'));
    await expect(manage().archive('shop/api-3')).rejects.toThrow(/it is a link, not a directory/);
    expect(await manage().get('shop/api-3')).toMatchObject({ id: 'api-3' });
  });
});

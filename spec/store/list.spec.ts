import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readFile, rm, stat, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import fs from 'fs-extra';
import { makeSession } from '../../fixtures/sessions.js';
import type { Session } from '../../src/session/session.js';
import { SessionManager } from '../../src/store/session-manager.js';
import { useTemporaryHome } from './temporary-home.js';

const home = useTemporaryHome();
const sessionsAt = (...parts: string[]): string => join(home.path, 'sessions', ...parts);
const manage = (): SessionManager => new SessionManager({ home: home.path });

async function plant(key: string, createdAt = '2026-01-01T00:00:00.000Z'): Promise<void> {
  const [projectId = '', id = ''] = key.split('/');
  await fs.outputJson(sessionsAt(`${key}.json`), makeSession({ projectId, id, createdAt }));
}

async function listKeys(sessions = manage()): Promise<string[]> {
  return (await sessions.list()).sessions.map(({ projectId, id }) => `${projectId}/${id}`);
}

async function listBad(): Promise<Record<string, string>> {
  const { unreadable } = await manage().list();
  return Object.fromEntries(unreadable.map(({ path, message }) => [relative(sessionsAt(), path), message]));
}

describe('the snapshot', () => {
  it('is empty where there is no home yet', async () => {
    expect(await new SessionManager({ home: join(home.path, 'no') }).list()).toEqual({
      sessions: [],
      unreadable: [],
    });
  });

  it('shows the newest first, and in the order of their keys those of one moment', async () => {
    await plant('shop/b', '2026-01-01T00:00:00.500Z');
    await plant('shop/a', '2026-01-01T00:00:00.500Z');
    await plant('shed/z', '2026-01-01T00:00:00.500Z');
    await plant('shop/old', '2026-01-01T00:00:00Z');
    await plant('shop/new', '2026-02-01T00:00:00.000Z');
    expect(await listKeys()).toEqual(['shop/new', 'shed/z', 'shop/a', 'shop/b', 'shop/old']);
  });

  it('passes over what nobody would call a record', async () => {
    await plant('shop/api');
    await writeFile(sessionsAt('shop', '.hidden.json'), '{');
    await writeFile(sessionsAt('shop', '.api.json.0123.tmp'), '{');
    await writeFile(sessionsAt('shop', 'notes.txt'), '{');
    await writeFile(sessionsAt('shop', 'api.json~'), '{');
    await writeFile(sessionsAt('README.md'), 'a file among the projects');
    await fs.outputFile(sessionsAt('.git', 'api.json'), '{');
    expect(await listKeys()).toEqual(['shop/api']);
    expect(await listBad()).toEqual({});
  });

  it('still shows the good ones beside every kind of bad one, and says what is bad', async () => {
    await plant('shop/good');
    await writeFile(sessionsAt('shop', 'cut.json'), '{"id": "cut');
    await writeFile(sessionsAt('shop', 'p.json'), '{"__proto__":{"polluted":1},"format":1,"id":"p"}');
    await writeFile(sessionsAt('shop', 'deep.json'), '['.repeat(400_000) + ']'.repeat(400_000));
    await writeFile(sessionsAt('shop', 'big.json'), '');
    await truncate(sessionsAt('shop', 'big.json'), 100 * 1024 * 1024);
    execFileSync('mkfifo', [sessionsAt('shop', 'fifo.json')]);
    await symlink('/etc/passwd', sessionsAt('shop', 'link.json'));
    await mkdir(sessionsAt('shop', 'dir.json'));
    await writeFile(sessionsAt('shop', 'no id.json'), '{}');
    await mkdir(sessionsAt('no id'));
    await symlink('shop', sessionsAt('twin'));
    expect(await listKeys()).toEqual(['shop/good']);
    expect(await listBad()).toEqual({
      'no id': 'its name is no project id',
      'shop/big.json': 'it is larger than 1 MiB',
      'shop/cut.json': 'it is not valid JSON (at character 11)',
      'shop/deep.json': 'it is nested more than 100 levels deep',
      'shop/dir.json': 'it is a directory, not a regular file',
      'shop/fifo.json': 'it is a named pipe, not a regular file',
      'shop/link.json': 'it is a link, not a regular file',
      'shop/no id.json': 'its name is no id',
      'shop/p.json': 'it has a key "__proto__"',
      twin: 'it is a link, not a directory',
    });
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('tells the id of a bad file, and none where the name is none', async () => {
    await fs.outputFile(sessionsAt('shop', 'cut.json'), '{');
    await fs.outputFile(sessionsAt('shop', 'a b.json'), '{');
    const { unreadable } = await manage().list();
    expect(unreadable).toEqual([
      expect.objectContaining({ projectId: 'shop', id: null, path: sessionsAt('shop', 'a b.json') }),
      expect.objectContaining({ projectId: 'shop', id: 'cut', path: sessionsAt('shop', 'cut.json') }),
    ]);
  });

  it('fails rather than look empty when the sessions’ own place can’t be listed', async () => {
    await writeFile(sessionsAt(), 'a file');
    await expect(manage().list()).rejects.toThrow(
      /can't list .*sessions: a part of this path is no directory/,
    );
  });
});

describe('the snapshot of someone who may not read everything', () => {
  const NOBODY = 65534;
  const isRoot = process.geteuid?.() === 0;

  afterEach(() => {
    if (isRoot) process.seteuid?.(0);
  });

  it('still shows the rest, and says where permission is denied', async () => {
    await plant('shop/good');
    await plant('shop/secret');
    await plant('closed/hidden');
    await plant('unsearchable/named');
    for (const directory of [home.path, sessionsAt(), sessionsAt('shop')]) await chmod(directory, 0o755);
    await chmod(sessionsAt('shop', 'secret.json'), 0o000);
    await chmod(sessionsAt('closed'), 0o000);
    await chmod(sessionsAt('unsearchable'), 0o444);
    if (isRoot) process.seteuid?.(NOBODY);
    expect(await listKeys()).toEqual(['shop/good']);
    expect(await listBad()).toEqual({
      closed: 'permission denied',
      'shop/secret.json': 'permission denied',
      'unsearchable/named.json': 'permission denied',
    });
    if (isRoot) process.seteuid?.(0);
    for (const name of ['closed', 'unsearchable']) await chmod(sessionsAt(name), 0o700);
  });

  it('fails when nothing at all may be listed', async () => {
    await plant('shop/good');
    await chmod(home.path, 0o755);
    await chmod(sessionsAt(), 0o000);
    if (isRoot) process.seteuid?.(NOBODY);
    await expect(manage().list()).rejects.toThrow(/can't list .*sessions: permission denied/);
    if (isRoot) process.seteuid?.(0);
    await chmod(sessionsAt(), 0o700);
  });
});

describe('one snapshot after another', () => {
  /** Waits until a file's last change is so old that its times tell the next one, and lists it so. */
  async function settle(sessions: SessionManager, name: string): Promise<void> {
    const deadlineMs = Date.now() + 5_000;
    const { ctimeMs } = await stat(sessionsAt('shop', name));
    while (Date.now() < ctimeMs + 100) {
      if (Date.now() > deadlineMs) throw new Error('the clocks of the disk and of the machine differ');
      await new Promise(setImmediate);
    }
    await sessions.list();
  }

  it('shows every change, however it was made', async () => {
    const sessions = manage();
    await plant('shop/a');
    await plant('shop/b');
    await settle(sessions, 'a.json');
    const path = sessionsAt('shop', 'a.json');
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace('working', 'errored'));
    expect((await sessions.get('shop/a'))?.status).toBe('errored');
    await utimes(path, 1, 1);
    const { sessions: all } = await sessions.list();
    expect(all.map(({ id, status }) => [id, status])).toEqual([
      ['a', 'errored'],
      ['b', 'working'],
    ]);
    await rm(path);
    expect(await listKeys(sessions)).toEqual(['shop/b']);
    await writeFile(path, text);
    expect(await listKeys(sessions)).toEqual(['shop/a', 'shop/b']);
    await writeFile(path, 'bad');
    expect((await sessions.list()).unreadable).toHaveLength(1);
  });

  it('shares what it read, so nobody can change it', async () => {
    const sessions = manage();
    await plant('shop/a');
    await settle(sessions, 'a.json');
    const first = await sessions.list();
    const [session] = first.sessions;
    expect(() => Object.assign(session!, { status: 'done' })).toThrow(TypeError);
    expect(() => Object.assign(session!.handle!, { name: 'spoilt' })).toThrow(TypeError);
    expect(() => session!.command.push('spoilt')).toThrow(TypeError);
    expect(() => (first.sessions as Session[]).pop()).toThrow(TypeError);
    const second = await sessions.list();
    expect(second.sessions).toBe(first.sessions);
    expect(session).toMatchObject({ status: 'working', handle: { type: 'fake', name: 'a' } });
  });

  it('is the very one before where nothing changed, also beside a name that is no id', async () => {
    const sessions = manage();
    await plant('shop/a');
    await writeFile(sessionsAt('shop', 'no id.json'), '{');
    await settle(sessions, 'a.json');
    const before = await sessions.list();
    expect(await sessions.list()).toBe(before);
    await rm(sessionsAt('shop', 'no id.json'));
    expect((await sessions.list()).unreadable).toEqual([]);
  });

  it('opens no file that did not change, and one that did alone', async () => {
    const sessions = manage();
    for (const name of ['a', 'b', 'c']) await plant(`shop/${name}`);
    for (const name of ['a', 'b', 'c']) await settle(sessions, `${name}.json`);
    const before = (await sessions.list()).sessions;
    const path = sessionsAt('shop', 'b.json');
    await writeFile(path, (await readFile(path, 'utf8')).replace('working', 'errored'));
    const after = (await sessions.list()).sessions;
    expect(after.map((session, index) => session === before[index])).toEqual([true, false, true]);
    expect(after[1]).toMatchObject({ id: 'b', status: 'errored' });
  });

  it('is the same whether or not what is in memory is dropped', async () => {
    const sessions = manage();
    await plant('shop/a');
    await settle(sessions, 'a.json');
    const before = await sessions.list();
    sessions.dropCache();
    const after = await sessions.list();
    expect(after).toEqual(before);
    expect(after.sessions[0]).not.toBe(before.sessions[0]);
  });

  it('gives as many as ask at once what is there', async () => {
    const sessions = manage();
    for (let count = 0; count < 600; count += 1) await plant(`shop/s-${count}`);
    const all = await Promise.all([sessions.list(), sessions.list(), sessions.list()]);
    for (const snapshot of all) expect(snapshot.sessions).toHaveLength(600);
    expect((await sessions.list()).sessions).toHaveLength(600);
  });

  it('gives sessions that can be saved as those of `get` can', async () => {
    const sessions = manage();
    await plant('shop/a');
    await settle(sessions, 'a.json');
    const [session] = (await sessions.list()).sessions;
    expect(await sessions.get('shop/a')).toEqual(session);
    expect(await sessions.save({ ...session!, status: 'done' })).toMatchObject({ rev: 2 });
  });

  it('sees each of many writes at once, although the file keeps its size', async () => {
    const sessions = manage();
    await plant('shop/a');
    const path = sessionsAt('shop', 'a.json');
    const text = await readFile(path, 'utf8');
    for (let count = 1000; count < 1100; count += 1) {
      await writeFile(path, text.replace('/srv/shop', `/srv/${count}`));
      expect((await sessions.list()).sessions[0]?.workspacePath).toBe(`/srv/${count}`);
    }
  });
});

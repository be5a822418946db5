import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rename, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { makeSession } from '../../fixtures/sessions.js';
import { DIGEST, digestBytes } from '../../src/store/digest.js';
import { readRecord, type RecordOnDisk } from '../../src/store/read-record.js';
import { useTemporaryHome } from './temporary-home.js';

const home = useTemporaryHome();
const KEY = 'shop/api-3';
const pathOf = (name = 'api-3.json'): string => join(home.path, name);
const read = async (): Promise<RecordOnDisk> => readRecord(pathOf(), KEY);
const write = (contents: unknown): Promise<void> =>
  writeFile(
    pathOf(),
    typeof contents === 'string' || Buffer.isBuffer(contents) ? contents : JSON.stringify(contents),
  );
const unreadable = (message: unknown): unknown => ({
  type: 'unreadable',
  message,
  fingerprint: expect.any(String) as string,
});

async function fingerprint(): Promise<string> {
  const onDisk = await read();
  if (onDisk.type !== 'unreadable') throw new Error(`it is ${onDisk.type}`);
  return onDisk.fingerprint;
}

describe('reading a record', () => {
  it('gives the session with the fields that only others know', async () => {
    const session = makeSession({ pullRequest: { number: 7, labels: ['a'] } });
    await write(session);
    expect(await read()).toMatchObject({ type: 'record', session });
  });

  it('fills in what an editor may leave out', async () => {
    const { id, projectId, status, createdAt, updatedAt } = makeSession();
    await write({ format: 1, id, projectId, status, createdAt, updatedAt });
    expect(await read()).toMatchObject({
      type: 'record',
      session: { rev: 0, agent: 'screen', handle: null, exit: null },
    });
  });

  it('remembers the bytes in a copy, and not in JSON', async () => {
    const text = JSON.stringify(makeSession());
    await write(text);
    const onDisk = await read();
    if (onDisk.type !== 'record') throw new Error(onDisk.type);
    const copy = { ...onDisk.session, status: 'done' as const };
    expect((copy as { [DIGEST]?: string })[DIGEST]).toBe(digestBytes(Buffer.from(text)));
    expect(JSON.parse(JSON.stringify(copy))).toEqual(makeSession({ status: 'done' }));
  });

  it('misses a file that is not there, or whose directory is not', async () => {
    expect(await read()).toEqual({ type: 'missing' });
    expect(readRecord(join(home.path, 'nowhere', 'api-3.json'), KEY)).toEqual({ type: 'missing' });
    await writeFile(pathOf('file'), '');
    expect(readRecord(join(home.path, 'file', 'api-3.json'), KEY)).toEqual({ type: 'missing' });
  });

  it.each([
    ['{"id": "cut', 'it is not valid JSON (at character 11)'],
    ['', 'it is empty'],
    ['[]', 'it is no JSON object'],
    ['{"__proto__":{"polluted":1},"format":1,"id":"p"}', 'it has a key "__proto__"'],
    [
      JSON.stringify({ ...makeSession(), format: 2 }),
      'it is of format 2, and this version of session-vitals reads formats up to 1: update session-vitals to the version that wrote it',
    ],
    [
      JSON.stringify({ ...makeSession(), format: '1' }),
      'its field "format" is not valid: Invalid input: expected 1',
    ],
    [
      JSON.stringify({ ...makeSession(), handle: { type: 3 } }),
      'its field "handle.type" is not valid: Invalid input: expected string, received number',
    ],
    [
      JSON.stringify(makeSession({ id: 'api-4' })),
      'it says that it is shop/api-4, and lies in the place of shop/api-3',
    ],
    [
      JSON.stringify(makeSession({ projectId: 'shed' })),
      'it says that it is shed/api-3, and lies in the place of shop/api-3',
    ],
  ])('finds no session in %.60s', async (contents, message) => {
    await write(contents);
    expect(await read()).toEqual(unreadable(message));
  });

  it('finds no session whose id would climb out, and does not repeat that id', async () => {
    await write({ ...makeSession(), id: '../../\u001b[2Jclimb' });
    expect(await read()).toEqual(unreadable(expect.stringMatching(/^its field "id" is not valid: [ -~]+$/)));
  });

  it('takes a record of 1 MiB and none above', async () => {
    const text = JSON.stringify(makeSession());
    await write(text.padEnd(1024 * 1024));
    expect(await read()).toMatchObject({ type: 'record' });
    await write(text.padEnd(1024 * 1024 + 1));
    expect(await read()).toEqual(unreadable('it is larger than 1 MiB'));
    await truncate(pathOf(), 100 * 1024 * 1024);
    expect(await read()).toEqual(unreadable('it is larger than 1 MiB'));
  });

  it('follows no link, not even to a good record', async () => {
    await writeFile(pathOf('real.json'), JSON.stringify(makeSession()));
    await symlink('real.json', pathOf());
    expect(await read()).toEqual(unreadable('it is a link, not a regular file'));
  });

  it('waits for no named pipe, however many there are', async () => {
    execFileSync('mkfifo', [pathOf()]);
    const all = await Promise.all(Array.from({ length: 16 }, read));
    expect(all).toEqual(
      Array.from({ length: 16 }, () => unreadable('it is a named pipe, not a regular file')),
    );
  });

  it('reads no directory, socket or device', async () => {
    await mkdir(pathOf());
    expect(await read()).toEqual(unreadable('it is a directory, not a regular file'));
    const server = createServer().listen(pathOf('socket.json'));
    await once(server, 'listening');
    expect(readRecord(pathOf('socket.json'), KEY)).toEqual(unreadable('it is a socket, not a regular file'));
    server.close();
    await once(server, 'close');
    expect(readRecord('/dev/null', KEY)).toEqual(unreadable('it is a device, not a regular file'));
  });
});

describe('the fingerprint of a bad file', () => {
  it('stays while the file does, and however often it is touched', async () => {
    await write('{"bad": 1}');
    const first = await fingerprint();
    await utimes(pathOf(), 1, 1);
    expect(await fingerprint()).toBe(first);
  });

  it('changes with the contents, the file and what lies in its place', async () => {
    const seen = new Set<string>();
    await write('{"bad": 1}');
    seen.add(await fingerprint());
    await write('{"bad": 2}');
    seen.add(await fingerprint());
    await writeFile(pathOf('other'), '{"bad": 2}');
    await rename(pathOf('other'), pathOf());
    seen.add(await fingerprint());
    await truncate(pathOf(), 2_000_000);
    seen.add(await fingerprint());
    await truncate(pathOf(), 2_000_001);
    seen.add(await fingerprint());
    await symlink('nowhere', pathOf('link'));
    await rename(pathOf('link'), pathOf());
    seen.add(await fingerprint());
    expect(seen.size).toBe(6);
  });
});

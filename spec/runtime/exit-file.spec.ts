import { execFileSync } from 'node:child_process';
import { constants } from 'node:fs';
import { mkdir, open, symlink, writeFile } from 'node:fs/promises';
import { TemporaryDirectory } from '../../fixtures/processes/temporary-directory.js';
import { parseExitStatus, readExitFile } from '../../src/runtime/exit-file.js';

const UNKNOWN = { code: null, signal: null };

describe('readExitFile', () => {
  const directory = new TemporaryDirectory();
  afterAll(() => directory.remove());

  it('reads what the launcher wrote', async () => {
    const file = directory.fresh();
    await writeFile(file, '3\n');
    expect(await readExitFile(file)).toEqual({ code: 3, signal: null });
  });

  it('knows nothing without a file, or without a path', async () => {
    expect(await readExitFile(directory.fresh())).toEqual(UNKNOWN);
    expect(await readExitFile(null)).toEqual(UNKNOWN);
    await writeFile(directory.file('plain'), '');
    expect(await readExitFile(directory.file('plain/exit'))).toEqual(UNKNOWN);
  });

  it('knows nothing from a directory, a link or a file that is too large', async () => {
    const [folder, good, link, large] = ['d', 'g', 'l', 'z'].map((name) => directory.fresh(name)) as [
      string,
      string,
      string,
      string,
    ];
    await mkdir(folder);
    await writeFile(good, '0\n');
    await symlink(good, link);
    await writeFile(large, `${' '.repeat(1_000_000)}0\n`);
    for (const path of [folder, link, large]) expect(await readExitFile(path)).toEqual(UNKNOWN);
  });

  it('neither waits for a pipe nor reads from one', async () => {
    const pipe = directory.fresh('pipe');
    execFileSync('mkfifo', [pipe]);
    expect(await readExitFile(pipe)).toEqual(UNKNOWN);
    const writer = await open(pipe, constants.O_RDWR);
    try {
      expect(await readExitFile(pipe)).toEqual(UNKNOWN);
      await writer.write('0\n');
      expect(await readExitFile(pipe)).toEqual(UNKNOWN);
    } finally {
      await writer.close();
    }
  });

  it('reads no device', async () => {
    expect(await readExitFile('/dev/zero')).toEqual(UNKNOWN);
  });
});

describe('parseExitStatus', () => {
  it.each([
    ['0\n', { code: 0, signal: null }],
    ['127\n', { code: 127, signal: null }],
    ['128\n', { code: 128, signal: null }],
    ['130\n', { code: null, signal: 'SIGINT' }],
    ['137\n', { code: null, signal: 'SIGKILL' }],
    ['143\n', { code: null, signal: 'SIGTERM' }],
    ['255\n', { code: 255, signal: null }],
  ])('reads %j as a shell means it', (text, exit) => expect(parseExitStatus(text)).toEqual(exit));

  it.each(['', '\n', '3', '3\n\n', ' 3\n', '-1\n', '3 \n', '1000\n', 'three\n', '0x3\n', '3\r\n'])(
    'knows nothing from %j',
    (text) => expect(parseExitStatus(text)).toEqual(UNKNOWN),
  );
});

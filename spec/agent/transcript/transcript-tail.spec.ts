import { execFileSync } from 'node:child_process';
import { appendFile, mkdtemp, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TranscriptError } from '../../../src/agent/transcript/transcript-error.js';
import type { TranscriptFormat } from '../../../src/agent/transcript/transcript-format.js';
import { readTail, type TranscriptTail } from '../../../src/agent/transcript/transcript-tail.js';

const KIB = 1024;

/** It remembers its lines, by their beginnings, and is sure once one is `wanted`. */
const LINES: TranscriptFormat<string[]> = {
  start: [],
  read: (lines, line) => (line.startsWith('{bad') ? null : [...lines, line.slice(0, 12)]),
  judge: () => null,
  isSure: (lines) => lines.some((line) => line.startsWith('wanted')),
};

let root: string;
let path: string;
let before: TranscriptTail<string[]> | null;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'tail-'));
  path = join(root, 'transcript.jsonl');
  before = null;
});

afterEach(() => rm(root, { recursive: true }));

async function read(signal = new AbortController().signal): Promise<string[] | undefined> {
  before = await readTail(path, { root, format: LINES, before, signal });
  return before?.state;
}

describe('readTail, the first time', () => {
  it('takes the lines oldest first, without an unfinished last one', async () => {
    await writeFile(path, 'one\n\ntwo\nthr');
    expect(await read()).toEqual(['one', '', 'two']);
  });

  it('keeps no more memory than it needs', async () => {
    await writeFile(path, 'one\ntwo\n');
    await read();
    expect(before?.proof.buffer.byteLength).toBe(before?.proof.length);
  });

  it('takes nothing from an empty file, and says whether any line could be read', async () => {
    await writeFile(path, '');
    expect(await read()).toEqual([]);
    await writeFile(path, '{bad\n{bad');
    expect(await read()).toEqual([]);
    expect(before?.isReadable).toBe(false);
    await writeFile(path, '{bad\ngood\n');
    expect(await read()).toEqual(['good']);
    expect(before?.isReadable).toBe(true);
  });

  it('reads no more than the last 64 KiB where they suffice, and leaves out the line that they cut', async () => {
    await writeFile(path, `wanted, first\n${'x'.repeat(100 * KIB)}\nwanted\n`);
    expect(await read()).toEqual(['wanted']);
  });

  it('reads four times as much each time, until it is sure', async () => {
    await writeFile(path, `first\nwanted ${'é'.repeat(100 * KIB)}\nlast\n`);
    expect(await read()).toEqual(['first', 'wanted ééééé', 'last']);
  });

  it('gives up at 4 MiB', async () => {
    await writeFile(path, `wanted\n${'x'.repeat(5 * KIB * KIB)}\nlast\n`);
    expect(await read()).toEqual(['last']);
  });

  it('reads the end of a file of 1 GB', async () => {
    await writeFile(path, '');
    await truncate(path, 1e9);
    await appendFile(path, '\nwanted\n');
    expect(await read()).toEqual(['wanted']);
  });

  it('survives what is not UTF-8', async () => {
    await writeFile(path, Buffer.from([0xff, 0xfe, 0x0a, 0x6f, 0x6b, 0x0a]));
    expect((await read())?.at(-1)).toBe('ok');
  });

  it('has no answer where there is no file', async () => {
    expect(await read()).toBeUndefined();
  });

  it('rejects what is no regular file, without waiting for it', async () => {
    execFileSync('mkfifo', [path]);
    await expect(read()).rejects.toThrow(TranscriptError);
    path = root;
    await expect(read()).rejects.toThrow('it is no regular file');
  });

  it("rejects a link that leads out of the agent's folder, and follows one within", async () => {
    const outside = await mkdtemp(join(tmpdir(), 'tail-outside-'));
    await writeFile(join(outside, 'secret'), 'one\n');
    await symlink(join(outside, 'secret'), path);
    await expect(read()).rejects.toThrow('a link out of');
    await rm(outside, { recursive: true });
    await rm(path);
    await writeFile(join(root, 'real'), 'one\n');
    await symlink(join(root, 'real'), path);
    expect(await read()).toEqual(['one']);
  });

  it('stops when it is told to', async () => {
    await writeFile(path, 'one\n');
    await expect(read(AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('readTail, again', () => {
  it('takes only what was appended, from the right line', async () => {
    await writeFile(path, 'one\ntw');
    await read();
    // What was read is not read again: only the last bytes prove that it is the same file.
    await appendFile(path, 'o\nthree\n');
    expect(await read()).toEqual(['one', 'two', 'three']);
  });

  it('joins a character that was cut in two', async () => {
    const line = Buffer.from('é\n');
    await writeFile(path, Buffer.concat([Buffer.from('one\n'), line.subarray(0, 1)]));
    await read();
    await appendFile(path, line.subarray(1));
    expect(await read()).toEqual(['one', 'é']);
  });

  it('begins anew when the file was cut, also if it has grown again', async () => {
    await writeFile(path, 'one\ntwo\n');
    await read();
    await writeFile(path, 'new\n');
    expect(await read()).toEqual(['new']);
    await writeFile(path, 'newer lines, and more of them\nlast\n');
    expect((await read())?.at(-1)).toBe('last');
    expect(before?.state).toHaveLength(2);
  });

  it('begins anew when another file is in its place', async () => {
    await writeFile(path, 'one\n');
    await read();
    await writeFile(`${path}.new`, 'one\ntwo\n');
    await rename(`${path}.new`, path);
    expect(await read()).toEqual(['one', 'two']);
  });

  it('reads the end alone of what grew by more than 4 MiB', async () => {
    await writeFile(path, 'one\n');
    await read();
    await appendFile(path, `${'x'.repeat(5 * KIB * KIB)}\nwanted\n`);
    expect(await read()).toEqual(['wanted']);
  });
});

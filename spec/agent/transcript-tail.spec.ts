import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TranscriptError } from '../../src/agent/transcript-error.js';
import { readTail } from '../../src/agent/transcript-tail.js';

const { signal } = new AbortController();
const KIB = 1024;

let dir: string;
let path: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tail-'));
  path = join(dir, 'transcript.jsonl');
});

afterEach(() => rm(dir, { recursive: true }));

/** Reads until it has seen a line that begins with `wanted`; tells what it was given each time. */
async function readUntil(wanted: string) {
  const given: { lines: string[]; isWhole: boolean }[] = [];
  const answer = await readTail(path, {
    signal,
    decide: (newestFirst, { isWhole }) => {
      const lines = [...newestFirst];
      given.push({ lines, isWhole });
      return lines.find((line) => line.startsWith(wanted)) ?? null;
    },
  });
  return { answer, given };
}

describe('readTail', () => {
  it('gives the lines newest first, without an unfinished last one', async () => {
    await writeFile(path, 'one\n\ntwo\nthr');
    expect((await readUntil('never')).given).toEqual([{ lines: ['two', '', 'one'], isWhole: true }]);
  });

  it('gives no line of a file that has none', async () => {
    await writeFile(path, '');
    expect((await readUntil('never')).given).toEqual([{ lines: [], isWhole: true }]);
  });

  it('keeps the first line of a file that begins with a newline', async () => {
    await writeFile(path, '\none\n');
    expect((await readUntil('never')).given[0]?.lines).toEqual(['one', '']);
  });

  it('reads no more than the last 64 KiB where they suffice, and leaves out the line that they cut', async () => {
    await writeFile(path, `first\n${'x'.repeat(100 * KIB)}\nlast\n`);
    expect((await readUntil('last')).given).toEqual([{ lines: ['last'], isWhole: false }]);
  });

  it('reads four times as much each time, until there is an answer', async () => {
    await writeFile(path, `first\nwanted ${'é'.repeat(100 * KIB)}\nlast\n`);
    const { answer, given } = await readUntil('wanted');
    expect(answer).toBe(`wanted ${'é'.repeat(100 * KIB)}`);
    expect(given.map(({ lines, isWhole }) => [lines.length, isWhole])).toEqual([
      [1, false],
      [3, true],
    ]);
  });

  it('gives up at 4 MiB, and says that no more will come', async () => {
    await writeFile(path, `wanted\n${'x'.repeat(5 * KIB * KIB)}\nlast\n`);
    const { answer, given } = await readUntil('wanted');
    expect(answer).toBeNull();
    expect(given.map(({ isWhole }) => isWhole)).toEqual([false, false, false, true]);
  });

  it('has no answer where there is no file', async () => {
    expect(await readUntil('wanted')).toEqual({ answer: null, given: [] });
  });

  it('rejects what is no regular file, without waiting for it', async () => {
    execFileSync('mkfifo', [path]);
    await expect(readUntil('wanted')).rejects.toThrow(TranscriptError);
    path = dir;
    await expect(readUntil('wanted')).rejects.toThrow('it is no regular file');
  });

  it('stops when it is told to', async () => {
    await writeFile(path, 'one\n');
    const read = readTail(path, { decide: () => null, signal: AbortSignal.abort() });
    await expect(read).rejects.toMatchObject({ name: 'AbortError' });
  });
});

import { execFileSync } from 'node:child_process';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { TemporaryDirectory } from '../../fixtures/processes/temporary-directory.js';
import { readOutput, readSigns } from '../../src/runtime/output-file.js';

describe('the output of a plain process', () => {
  const directory = new TemporaryDirectory();
  afterAll(() => directory.remove());

  it('shows when it was last written to', async () => {
    const file = directory.fresh();
    await writeFile(file, 'working\n');
    await utimes(file, 1_700_000_000, 1_700_000_000);
    const signs = { lastOutputAt: '2023-11-14T22:13:20.000Z', title: '', bell: false };
    expect(await readSigns(file)).toEqual(signs);
  });

  it('shows a bell until more than a little is printed after it', async () => {
    const file = directory.fresh();
    await writeFile(file, 'go on? \u0007');
    expect(await readSigns(file)).toMatchObject({ bell: true });
    await writeFile(file, ` yes\n${'x'.repeat(10_000)}`, { flag: 'a' });
    expect(await readSigns(file)).toMatchObject({ bell: false });
  });

  it('is read from its end', async () => {
    const file = directory.fresh();
    await writeFile(file, `${'x'.repeat(1_000_000)}the end`);
    const output = await readOutput(file);
    expect([output.length, output.slice(-8)]).toEqual([64 * 1024, 'xthe end']);
  });

  it('is nothing where there is no file, a directory or a pipe', async () => {
    const [none, folder, pipe] = [directory.fresh(), directory.fresh(), directory.fresh()];
    await mkdir(folder);
    execFileSync('mkfifo', [pipe]);
    for (const path of [none, folder, pipe]) {
      expect(await readSigns(path)).toBeNull();
      expect(await readOutput(path)).toBe('');
    }
  });
});

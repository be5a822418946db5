import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { TemporaryDirectory } from '../../fixtures/processes/temporary-directory.js';
import { findProgram } from '../../src/runtime/find-program.js';
import { RuntimeError } from '../../src/runtime/runtime-error.js';

describe('findProgram', () => {
  const directory = new TemporaryDirectory();
  const [first, second] = [directory.file('first'), directory.file('second')];
  const find = (name: string): string =>
    findProgram(name, { cwd: directory.path, path: `${first}:${second}:rel` });

  beforeAll(async () => {
    for (const folder of [first, second, directory.file('rel')]) await mkdir(folder);
    await mkdir(`${first}/echo`);
    for (const file of ['second/echo', 'second/printf', 'first/plain', 'rel/near', 'here']) {
      await writeFile(directory.file(file), '#!/bin/sh\n');
      if (!file.endsWith('plain')) await chmod(directory.file(file), 0o755);
    }
  });
  afterAll(() => directory.remove());

  it('finds the program of a name that is also a word of the shell', () => {
    expect(find('printf')).toBe(`${second}/printf`);
  });

  it('passes over a directory of that name, as a shell does', () => {
    expect(find('echo')).toBe(`${second}/echo`);
  });

  it('takes what has a slash from the folder that it starts in', () => {
    expect(find('./here')).toBe(directory.file('here'));
    expect(find(directory.file('here'))).toBe(directory.file('here'));
    expect(find('near')).toBe(directory.file('rel/near'));
  });

  it.each(['nothing', 'plain', './nothing', 'here/below', ''])('says that there is no program %j', (name) => {
    expect(() => find(name)).toThrow(RuntimeError);
    expect(() => find(name)).toThrow(`there is no program ${JSON.stringify(name)}`);
  });

  it('explains how to run a line of shell', () => {
    expect(() => find('make all')).toThrow(
      'there is no program "make all" on PATH (for a line of shell, say: sh -c LINE)',
    );
  });

  it('finds nothing without a PATH', () => {
    expect(() => findProgram('printf', { cwd: directory.path, path: undefined })).toThrow(RuntimeError);
  });
});

import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { TemporaryDirectory } from '../../fixtures/processes/temporary-directory.js';
import { findOwnProgram } from '../../src/hook/find-own-program.js';

describe('findOwnProgram', () => {
  const directory = new TemporaryDirectory();
  const [bin, other] = [directory.file('bin'), directory.file('other')];
  const script = directory.file("it's main.js");

  beforeAll(() => {
    for (const folder of [bin, other]) mkdirSync(folder);
    for (const file of [script, `${other}/vitals`]) writeFileSync(file, '');
    chmodSync(script, 0o755);
    symlinkSync(script, `${bin}/vitals`);
  });
  afterAll(() => directory.remove());

  it.each([
    ['its name, where PATH leads to it', `/nowhere:${bin}:${other}`, 'vitals'],
    [
      'its full path, where PATH leads to another',
      `${other}:${bin}`,
      `/usr/bin/node '${directory.path}/it'\\''s main.js'`,
    ],
    ['its full path, where PATH leads nowhere', '', `/usr/bin/node '${directory.path}/it'\\''s main.js'`],
  ])('is %s', (_, path, expected) => {
    expect(findOwnProgram({ path, script, interpreter: '/usr/bin/node' })).toBe(expected);
  });
});

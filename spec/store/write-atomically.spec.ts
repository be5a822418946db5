import { chmod, lstat, mkdir, readdir, readFile, readlink, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreError } from '../../src/store/errors.js';
import { writeAtomically } from '../../src/store/write-atomically.js';
import { useTemporaryHome } from './temporary-home.js';

const home = useTemporaryHome();
const bytes = (text: string): Buffer => Buffer.from(text);

describe('writing a file atomically', () => {
  it('makes the file and its directories for the owner alone', async () => {
    const path = join(home.path, 'one', 'two', 'file.json');
    await writeAtomically(path, bytes('new'));
    expect(await readFile(path, 'utf8')).toBe('new');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(home.path, 'one'))).mode & 0o777).toBe(0o700);
    expect((await stat(join(home.path, 'one', 'two'))).mode & 0o777).toBe(0o700);
  });

  it('replaces the old file and leaves nothing beside it', async () => {
    const path = join(home.path, 'file.json');
    await writeAtomically(path, bytes('a much longer old text'));
    await writeAtomically(path, bytes('new'));
    expect(await readFile(path, 'utf8')).toBe('new');
    expect(await readdir(home.path)).toEqual(['file.json']);
  });

  it('replaces a planted link, and not what the link points to', async () => {
    const precious = join(home.path, 'precious');
    const path = join(home.path, 'file.json');
    await writeFile(precious, 'untouched');
    await symlink(precious, path);
    await writeAtomically(path, bytes('new'));
    expect(await readFile(precious, 'utf8')).toBe('untouched');
    expect((await lstat(path)).isFile()).toBe(true);
  });

  it('keeps the old file and removes its own when it cannot be put in place', async () => {
    const path = join(home.path, 'file.json');
    await mkdir(join(path, 'in the way'), { recursive: true });
    const failure: unknown = await writeAtomically(path, bytes('new')).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StoreError);
    expect(failure).toMatchObject({ path, code: 'EISDIR', cause: { code: 'EISDIR' } });
    expect(await readdir(home.path)).toEqual(['file.json']);
    expect(await readdir(path)).toEqual(['in the way']);
  });

  it('says what to do about a file where a directory must be', async () => {
    const path = join(home.path, 'a file', 'file.json');
    await writeFile(join(home.path, 'a file'), '');
    await expect(writeAtomically(path, bytes('new'))).rejects.toThrow(
      `can't write ${path}: a part of this path is no directory; move it away, or choose another home with --home`,
    );
  });

  it('follows a link to the directory, which is the user’s own choice', async () => {
    await mkdir(join(home.path, 'real'));
    await chmod(join(home.path, 'real'), 0o755);
    await symlink('real', join(home.path, 'linked'));
    await writeAtomically(join(home.path, 'linked', 'file'), bytes('new'));
    expect(await readFile(join(home.path, 'real', 'file'), 'utf8')).toBe('new');
    expect(await readlink(join(home.path, 'linked'))).toBe('real');
    expect((await stat(join(home.path, 'real'))).mode & 0o777).toBe(0o755);
  });
});

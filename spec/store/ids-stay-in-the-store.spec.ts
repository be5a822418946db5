import { readdir, readFile, writeFile } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import fc from 'fast-check';
import fs from 'fs-extra';
import { makeSession } from '../../fixtures/sessions.js';
import { isId } from '../../src/session/session-key.js';
import { InvalidIdError, StoreError } from '../../src/store/errors.js';
import { HomeLayout } from '../../src/store/home-layout.js';
import { SessionManager } from '../../src/store/session-manager.js';
import { useTemporaryHome } from './temporary-home.js';

const home = useTemporaryHome();

const pieces = fc.constantFrom(
  '..',
  '.',
  '/',
  '\\',
  '%2e%2e',
  '\0',
  '\n',
  '~',
  'a',
  '-',
  '_',
  'é',
  '：',
  '',
  'x'.repeat(63),
);
const hostile = fc.oneof(
  fc.array(pieces, { maxLength: 6 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 70 }),
  fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/),
);

describe('ids', () => {
  it('become a path inside their own project, or none', () => {
    const layout = new HomeLayout('/home/of/vitals');
    fc.assert(
      fc.property(hostile, hostile, (projectId, id) => {
        for (const place of ['sessionFile', 'exitFile', 'outputFile', 'lockFile'] as const) {
          try {
            const path = relative(layout.home, layout[place](`${projectId}/${id}`)).split('/');
            expect(isId(projectId) && isId(id)).toBe(true);
            expect([path.length, path[1]]).toEqual([3, projectId]);
            expect(path[2]!.startsWith(id)).toBe(true);
          } catch (error) {
            if (!(error instanceof InvalidIdError)) throw error;
            expect(isId(projectId) && isId(id)).toBe(false);
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('never let a save, a removal or a search touch what lies outside', async () => {
    const precious = join(home.path, 'precious.json');
    await writeFile(precious, 'untouched');
    const sessions = new SessionManager({ home: join(home.path, 'store') });
    await fc.assert(
      fc.asyncProperty(hostile, hostile, async (projectId, id) => {
        fc.pre(!isId(projectId) || !isId(id));
        const refuse = (error: unknown): void => expect(error).toBeInstanceOf(StoreError);
        const session = makeSession({ rev: 0, projectId, id });
        const key = `${projectId}/${id}`;
        let done = 0;
        for (const act of [
          () => sessions.save(session),
          () => sessions.get(key),
          () => sessions.remove(key),
          () => sessions.archive(key),
          () => sessions.findByPrefix(key),
        ]) {
          await act().then(() => (done += 1), refuse);
        }
        expect(done).toBe(0);
        expect(await fs.pathExists(sessions.home)).toBe(false);
      }),
      { numRuns: 300 },
    );
    expect(await readFile(precious, 'utf8')).toBe('untouched');
    expect(await readdir(home.path)).toEqual(['precious.json']);
    expect(isAbsolute(sessions.home)).toBe(true);
  });
});

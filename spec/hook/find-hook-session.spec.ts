import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { TemporaryDirectory } from '../../fixtures/processes/temporary-directory.js';
import { makeSession } from '../../fixtures/sessions.js';
import { findHookSession } from '../../src/hook/find-hook-session.js';
import { rememberRoot } from '../../src/hook/remember-root.js';
import { thisMachine } from '../../src/process/this-machine.js';
import { sessionKey } from '../../src/session/session-key.js';
import type { Session } from '../../src/session/session.js';
import { HomeLayout } from '../../src/store/home-layout.js';

const OWN = 4_200_001;
const ABOVE = 4_200_002;
const ancestors = [4_200_000, OWN, ABOVE];

describe('the session that a hook runs in', () => {
  const directory = new TemporaryDirectory();
  let layout: HomeLayout;
  beforeEach(() => {
    layout = new HomeLayout(directory.fresh('home'));
  });
  afterAll(() => directory.remove());

  const handle = (panePid: number) => ({ type: 'tmux', bootId: thisMachine().bootId, panePid });
  function record(fields: Partial<Session>): string {
    const session = makeSession(fields);
    const path = layout.sessionFile(sessionKey(session));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, JSON.stringify(session));
    return sessionKey(session);
  }
  const find = () => findHookSession({ layout, hinted: undefined, ancestors });

  it('is found among all records, or by the note on its process', () => {
    const key = record({ id: 'own', handle: handle(OWN) });
    expect(find()).toMatchObject({ key, rootPid: OWN, isSearched: true });
    rememberRoot(layout, OWN, key);
    expect(find()).toMatchObject({ key, rootPid: OWN, isSearched: false });
  });

  it('is the nearest that is noted', () => {
    const [own, above] = [
      record({ id: 'own', handle: handle(OWN) }),
      record({ id: 'above', handle: handle(ABOVE) }),
    ];
    rememberRoot(layout, ABOVE, above);
    rememberRoot(layout, OWN, own);
    expect(find()).toMatchObject({ key: own, rootPid: OWN });
  });

  const put = (text: string): void => {
    mkdirSync(layout.rootsDirectory, { recursive: true });
    writeFileSync(layout.rootFile(OWN), text);
  };
  it.each<[string, () => void]>([
    ['of a session that is gone', () => rememberRoot(layout, OWN, 'shop/gone')],
    [
      'of one that has ended',
      () => rememberRoot(layout, OWN, record({ id: 'old', status: 'killed', handle: handle(OWN) })),
    ],
    [
      'of one whose program is another',
      () => rememberRoot(layout, OWN, record({ id: 'other', handle: handle(7) })),
    ],
    ['of one that has no program yet', () => rememberRoot(layout, OWN, record({ id: 'new', handle: null }))],
    ['of another process', () => rememberRoot(layout, ABOVE, record({ id: 'own', handle: handle(OWN) }))],
    ['that names no session', () => put('../../etc/passwd\n')],
    ['that is cut', () => put('')],
    ['that is huge', () => put('x'.repeat(100_000))],
    [
      'that is a pipe',
      () => {
        mkdirSync(layout.rootsDirectory, { recursive: true });
        execFileSync('mkfifo', [layout.rootFile(OWN)]);
      },
    ],
    ['that is a folder', () => mkdirSync(layout.rootFile(OWN), { recursive: true })],
  ])('is found in spite of a note %s', (_, spoil) => {
    spoil();
    const key = record({ id: 'own', handle: handle(OWN) });
    expect(find()).toMatchObject({ key, rootPid: OWN, isSearched: true });
  });
});

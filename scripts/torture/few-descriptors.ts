import { execFileSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeSession } from '../../fixtures/sessions.js';
import { SessionManager } from '../../src/store/session-manager.js';
import { childPath } from './start-child.js';
import type { Trial } from './trial.js';

const KEY = 'shop/api-3';
/** Enough to load all modules, which Node does side by side. */
const LIMIT = 512;

/** A process has next to no descriptors left. */
export const fewDescriptors: Trial = {
  name: 'few-descriptors',
  promise: 'without descriptors a save or a listing is an error, and the old record is whole',
  run: async ({ directory, isShort }) => {
    const counts = { saved: 0, refused: 0 };
    const losses: string[] = [];
    const sessions = new SessionManager({ home: directory });
    let session = await sessions.save(makeSession({ rev: 0, task: 'old' }));
    for (const spare of isShort ? [0, 1, 3] : [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 4, 5, 6, 8]) {
      const path = sessions.layout.sessionFile(KEY);
      const before = await readFile(path);
      const { saved, listed } = save(directory, spare);
      const isSaved = saved === 'ok';
      counts[isSaved ? 'saved' : 'refused'] += 1;
      const after = await sessions.get(KEY);
      const say = (what: string): number => losses.push(`with ${spare} descriptors: ${what}`);
      for (const outcome of [saved, listed]) if (!['ok', 'StoreError EMFILE'].includes(outcome)) say(outcome);
      if (isSaved && after?.task !== 'new') say('it said that it had saved, and had not');
      if (!isSaved && after?.rev === session.rev && !before.equals(await readFile(path)))
        say('the old record is not what it was');
      const names = [
        ...(await readdir(dirname(path))),
        ...(await readdir(dirname(sessions.layout.lockFile(KEY)))),
      ];
      if (names.join() !== 'api-3.json') say(`left behind: ${names.join()}`);
      session = await sessions.save({ ...(after ?? session), task: 'old' });
    }
    return { type: 'tried', losses, counts };
  },
};

function save(home: string, spare: number): { saved: string; listed: string } {
  const line = `ulimit -n ${LIMIT} && exec "$0" "$@"`;
  const child = [process.execPath, childPath('save-starved'), home, String(spare)];
  return JSON.parse(execFileSync('sh', ['-c', line, ...child], { encoding: 'utf8' })) as {
    saved: string;
    listed: string;
  };
}

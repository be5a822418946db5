import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { WARM_UP_PASSES, type Enter } from '../contender.js';

/** Seeing by `lstat` that no record changed, and nothing else. */
export const enter: Enter = async ({ home }) => {
  const directory = join(home, 'sessions', 'default');
  const pass = (): Promise<void> => {
    for (const name of readdirSync(directory)) lstatSync(join(directory, name), { bigint: true });
    return Promise.resolve();
  };
  for (let number = 0; number < WARM_UP_PASSES; number += 1) await pass();
  return { pass, close: () => Promise.resolve() };
};

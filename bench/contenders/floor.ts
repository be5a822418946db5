import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { TmuxServer } from 'tmux-js-bridge';
import { WARM_UP_PASSES, type Enter } from '../contender.js';

/** The least that any pass must do: ask tmux once, by the same client, and see by `lstat` that no record changed. */
export const enter: Enter = async ({ home, socketPath }) => {
  const server = new TmuxServer({ socketPath });
  const directory = join(home, 'sessions', 'default');
  const pass = async (): Promise<void> => {
    for (const name of readdirSync(directory)) lstatSync(join(directory, name), { bigint: true });
    await server.listPanes();
  };
  for (let number = 0; number < WARM_UP_PASSES; number += 1) await pass();
  return { pass, close: () => server.close() };
};

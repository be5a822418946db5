import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A home of its own for each test of the file; `path` is the current test's. */
export function useTemporaryHome(): { readonly path: string } {
  const home = { path: '' };
  beforeEach(async () => {
    home.path = await mkdtemp(join(tmpdir(), 'vitals-store-'));
  });
  afterEach(async () => {
    await rm(home.path, { recursive: true, force: true });
  });
  return home;
}

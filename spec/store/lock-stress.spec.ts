import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { HomeLayout } from '../../src/store/home-layout.js';
import { readHolder } from '../../src/store/lock-chain.js';
import { withRecordLock } from '../../src/store/record-lock.js';
import { useChildProcesses } from './child-processes.js';
import { useCompiledSource } from './compiled-source.js';
import { useTemporaryHome } from './temporary-home.js';

const PROCESSES = 4;
const UPDATES_EACH = 500;
const KILLS = 60;

const source = useCompiledSource();
const children = useChildProcesses();
const home = useTemporaryHome();

describe('many processes that change one record', () => {
  const told: string[] = [];
  let takeovers = 0;
  let started = 0;
  const alive = new Set<ChildProcess>();

  /** Makes updates, by one process after another, until so many were told of. */
  async function keepUpdating(): Promise<void> {
    for (let left = UPDATES_EACH; left > 0;) {
      const name = `p${(started += 1)}`;
      const script = resolve('spec/store/children/append-tags.mjs');
      const child = children.spawn(process.execPath, [script, source.path, home.path, name, String(left)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      alive.add(child);
      const ended = once(child, 'exit');
      for await (const line of createInterface({ input: child.stdout })) {
        const [how = '', tag = ''] = line.split(' ');
        told.push(tag);
        takeovers += Number(how === 'took');
        left -= 1;
      }
      const [code, signal] = (await ended) as [number | null, string | null];
      alive.delete(child);
      expect(signal ?? code).toBe(signal === null ? 0 : 'SIGKILL');
    }
  }

  /** Kills whoever is named in the lock at some moments; by then it may have gone on. */
  async function killHolders(): Promise<void> {
    for (let kills = 0; kills < KILLS;) {
      await delay(Math.random() * 60);
      if (alive.size === 0) return;
      const holder = await readHolder(new HomeLayout(home.path).lockFile('shop/api-3'));
      const victim = [...alive].find(({ pid }) => pid === holder?.pid);
      kills += Number(victim?.kill('SIGKILL') ?? false);
    }
  }

  it(`loses no update of ${PROCESSES * UPDATES_EACH}, whoever is killed`, async () => {
    const list = join(home.path, 'list');
    await writeFile(list, '');
    const updating = Promise.all(Array.from({ length: PROCESSES }, keepUpdating));
    await Promise.all([updating, killHolders()]);
    const tags = (await readFile(list, 'utf8')).trim().split('\n');
    const kept = new Set(tags);
    expect(told.filter((tag) => !kept.has(tag))).toEqual([]);
    expect(tags).toHaveLength(kept.size);
    expect(told).toHaveLength(PROCESSES * UPDATES_EACH);
    // What was written by one who was killed before it could tell.
    expect(tags.length - told.length).toBeLessThanOrEqual(KILLS);
    expect(takeovers).toBeGreaterThan(KILLS / 10);
    process.stderr.write(
      `${told.length} updates by ${started} processes, ${takeovers} taken-over locks, 0 lost\n`,
    );
    // The last one may have been killed with the lock in hand.
    await withRecordLock(new HomeLayout(home.path), 'shop/api-3', async () => undefined);
    expect(await readdir(join(home.path, 'locks', 'shop'))).toEqual([]);
  }, 180_000);
});

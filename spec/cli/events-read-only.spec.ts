import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync } from 'node:fs';
import { describeEvent } from './describe-event.js';
import { MAIN, readEvents, Vitals } from './vitals.js';

/** The user nobody, as Debian, Fedora and Alpine number it. */
const NOBODY = 65534;

const canBeNobody =
  spawnSync(process.execPath, [MAIN, '--version'], { uid: NOBODY, gid: NOBODY }).status === 0;
if (!canBeNobody)
  process.stderr.write("skipped: the command can't be run as another user here (only root can)\n");

describe('a home that may only be read', () => {
  const vitals = new Vitals();
  beforeAll(() => vitals.tmux.begin());
  afterAll(() => vitals.stop());

  (canBeNobody ? it : it.skip)('is enough for events that make no pass', async () => {
    await vitals.spawn('a', 'exec sleep 600');
    const told = await vitals.passOnce();
    expect(told).not.toEqual([]);
    chmodSync(vitals.tmux.directory.path, 0o711);
    execFileSync('chmod', ['-R', 'a+rX', vitals.home]);
    const cursor = `${told[0]!.epoch}:${told[0]!.seq}`;
    const read = (...args: string[]): ReturnType<Vitals['run']> =>
      vitals.run(['events', '--no-follow', ...args], { uid: NOBODY });

    for (const [args, from] of [
      [['--since', '1h'], 0],
      [['--after', cursor], 1],
    ] as const) {
      const { stdout, stderr, code } = await read(...args);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(readEvents(stdout).map(describeEvent)).toEqual(told.slice(from).map(describeEvent));
    }
    const { code, stderr } = await read('--snapshot');
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining("can't be written") as string,
    });
  });

  it('is not made where nothing is to be written to it', async () => {
    const home = vitals.tmux.directory.fresh('home');
    expect(await vitals.do('events', '--home', home, '--since', '1h', '--no-follow')).toBe('');
    expect(existsSync(home)).toBe(false);
  });
});

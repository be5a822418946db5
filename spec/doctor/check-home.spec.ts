import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { TemporaryDirectory } from '../../fixtures/processes/temporary-directory.js';
import { checkDisk } from '../../src/doctor/check-disk.js';
import { checkHome } from '../../src/doctor/check-home.js';
import { aCheckup } from './a-checkup.js';

const directory = new TemporaryDirectory();
afterAll(() => directory.remove());

describe('the check of the home', () => {
  let home: string;
  beforeEach(() => {
    home = directory.fresh('home');
    mkdirSync(home, { mode: 0o700 });
  });

  it('finds that it can be written, or made', async () => {
    const path = `${home}/not/yet`;
    expect(await checkHome(aCheckup(home))).toMatchObject([{ state: 'ok', found: `${home} can be written` }]);
    expect(await checkHome(aCheckup(path))).toMatchObject([
      { state: 'ok', found: `${path} is not there yet: what needs it makes it` },
    ]);
    expect(existsSync(`${home}/not`)).toBe(false);
  });

  it('warns of what others have access to, with one command for all of it', async () => {
    mkdirSync(`${home}/exits`);
    chmodSync(`${home}/exits`, 0o755);
    chmodSync(home, 0o750);
    expect((await checkHome(aCheckup(home)))[1]).toEqual({
      ...{ check: 'home', state: 'warning' },
      found: `others than you have access to ${home} (750), ${home}/exits (755)`,
      cure: `chmod -R go= ${home}`,
    });
  });

  it('warns of a VITALS_HOME that depends on where one stands', async () => {
    const env = { VITALS_HOME: relative(process.cwd(), home) };
    expect((await checkHome(aCheckup(home, { env })))[1]).toMatchObject({
      ...{ state: 'warning', cure: `export VITALS_HOME=${home}` },
      found: expect.stringContaining('another home in every directory') as string,
    });
    const named = { VITALS_HOME: home };
    expect(await checkHome(aCheckup(home, { env: named }))).toHaveLength(1);
  });

  it('finds a home that can not be, for a file stands in its way', async () => {
    writeFileSync(`${home}/file`, '');
    expect(await checkHome(aCheckup(`${home}/file/home`))).toMatchObject([{ state: 'broken' }]);
  });

  const isRoot = process.getuid?.() === 0;
  (isRoot ? it : it.skip)('warns of a home of another user', async () => {
    const { chownSync } = await import('node:fs');
    chownSync(home, 65534, 65534);
    expect((await checkHome(aCheckup(home)))[1]).toMatchObject({
      ...{ state: 'warning' },
      found: `${home} belongs to user 65534, and this is user 0: the two can't use it together`,
    });
  });

  (isRoot ? it.skip : it)('finds a home that may not be written', async () => {
    chmodSync(home, 0o500);
    expect(await checkHome(aCheckup(home))).toMatchObject([
      { state: 'broken', cure: expect.stringContaining(`chmod u+rwx ${home}`) as string },
    ]);
  });
});

describe('the check of the disk', () => {
  const BLOCK = 4_096;
  const DISK = { type: 0xef53, bsize: BLOCK, blocks: 1e9, bfree: 1e9, bavail: 1e9, files: 1e6, ffree: 1e6 };

  const look = async (stats: Partial<typeof DISK>): Promise<string[]> => {
    const ask = (): Promise<typeof DISK> => Promise.resolve({ ...DISK, ...stats });
    const findings = await checkDisk(aCheckup('/'), { ask });
    return findings.map(({ state, found }) => `${state}: ${found}`);
  };

  it('finds room, asking where the home would be', async () => {
    const [finding] = await checkDisk(aCheckup(directory.file('not/yet')));
    expect(finding).toMatchObject({ check: 'disk' });
    expect(await look({})).toEqual(['ok: 3814.7 GiB free for /']);
  });

  it('warns where little is left, and finds a full one broken', async () => {
    expect(await look({ bavail: 2 ** 25 / BLOCK })).toEqual(['warning: only 32 MiB free for /']);
    expect(await look({ bavail: 3 })).toEqual(['broken: the disk of / is full']);
    expect(await look({ ffree: 7 })).toEqual(['warning: only 7 more files fit on the disk of /']);
    expect(await look({ files: 0, ffree: 0 })).toEqual(['ok: 3814.7 GiB free for /']);
  });

  const isLinux = process.platform === 'linux';
  (isLinux ? it : it.skip)('warns of what other machines share', async () => {
    expect(await look({ type: 0x6969 })).toEqual([expect.stringMatching(/^warning: .*\(NFS\)/)]);
    // As Node.js has it where the number's first bit is set.
    expect(await look({ type: 0xff534d42 | 0 })).toEqual([expect.stringMatching(/^warning: .*\(SMB\)/)]);
  });

  (isLinux && existsSync('/dev/shm') ? it : it.skip)('warns of one that is in memory alone', async () => {
    expect(await checkDisk(aCheckup('/dev/shm/vitals'))).toContainEqual(
      expect.objectContaining({
        state: 'warning',
        found: '/dev/shm is in memory alone: it is lost when this machine starts anew',
      }),
    );
  });
});

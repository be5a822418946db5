import { spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { findingSchema } from '../../src/session/published-schema.js';
import type { Finding } from '../../src/session/finding.js';
import { Terminals } from './terminal.js';
import { MAIN, readLines, Vitals } from './vitals.js';

describe('doctor', () => {
  const vitals = new Vitals();
  const terminals = new Terminals(vitals);
  afterAll(async () => {
    await terminals.tmux.stop();
    await vitals.stop();
  });

  /** What it finds, run by a wrapper that ends in `"$@"`. */
  async function findUnder(
    wrapper: readonly string[],
  ): Promise<{ findings: Finding[]; code: number | null }> {
    const [file, ...args] = [...wrapper, process.execPath, MAIN, 'doctor', '--json'];
    const { stdout, status } = spawnSync(file, args, { env: vitals.env, encoding: 'utf8' });
    return { findings: readLines(stdout).map((line) => findingSchema.strict().parse(line)), code: status };
  }

  it('finds all well, and says so on stdout', async () => {
    const { stdout, stderr, code } = await vitals.run(['doctor']);
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    for (const line of stdout.trim().split('\n')) expect(line).toMatch(/^ok {6}[a-z]+: \S/);
    expect(stdout).toMatch(/^ok {6}home: .*\nok {6}node: .*\nok {6}tmux: .*\nok {6}socket: .*/);
    expect(stdout).toMatch(/^ok {6}records: 0 recorded, 0 live$/m);
  });

  it('finds tmux missing: the code 1, and how to mend it', async () => {
    const { stdout, code } = await vitals.run(['doctor', '--json'], {
      env: { PATH: vitals.tmux.directory.path },
    });
    const broken = (readLines(stdout) as Finding[]).filter(({ state }) => state === 'broken');
    expect(code).toBe(1);
    expect(broken).toEqual([
      {
        ...{ check: 'tmux', state: 'broken', found: 'there is no tmux on PATH' },
        cure: 'install tmux, or spawn with --runtime process',
      },
    ]);
  });

  it('finds a home that can not be: the code 1', async () => {
    const file = vitals.tmux.directory.file('file');
    writeFileSync(file, '');
    const { stdout, code } = await vitals.run(['doctor', '--home', `${file}/home`]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^broken {2}home: .*\n {8}name another home with --home or VITALS_HOME$/m);
  });

  it('finds the server of live sessions gone: the code 1', async () => {
    const serverPid = await vitals.tmux.begin();
    await vitals.spawn('api', 'exec sleep 60');
    process.kill(serverPid, 'SIGKILL');
    const { stdout, code } = await vitals.run(['doctor']);
    expect(code).toBe(1);
    expect(stdout).toContain(`the tmux server ${serverPid} on ${vitals.tmux.socketPath} is gone`);
    await vitals.do('kill', 'api');
  });

  it('warns of few open files, and exits with 0', async () => {
    const { findings, code } = await findUnder(['sh', '-c', 'ulimit -n 60; exec "$@"', 'sh']);
    expect(code).toBe(0);
    expect(findings).toContainEqual({
      ...{ check: 'files', state: 'warning', cure: 'ulimit -n 1024' },
      found: 'a process may open 60 files, and 0 live sessions may take 64: probes then fail',
    });
  });

  const canUnshare = (flags: string): boolean => spawnSync('unshare', [flags, 'true']).status === 0;

  (canUnshare('-Ur') ? it : it.skip)('warns where Linux lets nothing be watched', async () => {
    const script = 'echo 0 >/proc/sys/user/max_inotify_instances; exec "$@"';
    const { findings } = await findUnder(['unshare', '-Ur', 'sh', '-c', script, 'sh']);
    expect(findings).toContainEqual({
      ...{ check: 'watches', state: 'warning', cure: 'sudo sysctl fs.inotify.max_user_instances=1024' },
      found: expect.stringContaining(`this user's 0 inotify instances are all in use`) as string,
    });
  });

  const isRoot = process.getuid?.() === 0;
  (isRoot && canUnshare('-mpf') ? it : it.skip)('warns where processes are hidden', async () => {
    const script =
      'mount -t proc -o hidepid=2 proc /proc; setpriv --reuid=65534 --regid=65534 --clear-groups "$@"';
    const { findings } = await findUnder(['unshare', '-mpf', 'sh', '-c', script, 'sh']);
    expect(findings.filter(({ check }) => check === 'home')).toMatchObject([
      { state: 'broken', found: `${vitals.home} can't be looked at: permission denied` },
    ]);
    expect(findings).toContainEqual(
      expect.objectContaining({
        ...{ check: 'processes', state: 'warning' },
        found: expect.stringContaining('hidepid') as string,
      }),
    );
  });

  it('fits a narrow terminal, and leaves each cure whole', async () => {
    chmodSync(vitals.home, 0o755);
    await terminals.tmux.begin();
    const terminal = await terminals.run(['doctor'], {
      ...{ columns: 40, lines: 100, env: { LC_ALL: 'C.UTF-8' } },
    });
    const lines = await terminal.until('exited with 0');
    expect(lines).toContain('warning home: others than you have');
    expect(lines.join('')).toContain(`        chmod -R go= ${vitals.home}`);
    const words = lines.filter((line) => /^(ok|warning|broken| {8})/.test(line));
    for (const line of words.filter((text) => !text.includes('/')))
      expect(line.length).toBeLessThanOrEqual(40);
  });
});

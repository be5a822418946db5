import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { TemporaryDirectory } from '../../../fixtures/processes/temporary-directory.js';
import type { SoakReport } from '../../../scripts/soak/soak-report.js';
import { errorCode } from '../../../src/session/error-code.js';

const root = new TemporaryDirectory();

/** Opens a file again and again, and never closes one. */
const LEAK =
  'data:text/javascript,import { openSync } from "node:fs"; setInterval(() => openSync("/dev/null"), 40).unref();';

const LEAKING = `
  import { runSoak } from './dist/scripts/soak/run-soak.js';
  const preloads = (name) => (name === 'loop' ? [${JSON.stringify(LEAK)}] : []);
  const { signal } = new AbortController();
  console.log(JSON.stringify(await runSoak({ seconds: 6, sessions: 6, seed: 1, signal, preloads })));
`;

/** Whatever was started in that directory and still runs. */
const processesOf = (directory: string): string[] =>
  readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && commandOf(pid).includes(`${directory}/`));

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch (error) {
    if (!['ENOENT', 'ESRCH'].includes(errorCode(error) ?? '')) throw error;
    return '';
  }
}

function freshDirectory(name: string): string {
  const directory = root.fresh(name);
  mkdirSync(directory);
  return directory;
}

afterAll(() => root.remove());

const describeOnLinux = existsSync('/proc/self/fd') ? describe : describe.skip;

describeOnLinux('npm run soak', () => {
  it('finds a leak of one process, and leaves nothing behind', () => {
    const directory = freshDirectory('leaking');
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', LEAKING], {
      encoding: 'utf8',
      env: { ...process.env, TMPDIR: directory },
    });
    expect(stderr).toBe('');
    const { verdicts, breaches, counts } = JSON.parse(stdout) as SoakReport;
    const isBroken = (name: string): boolean | undefined =>
      verdicts.find((one) => one.name === name)?.isBroken;
    expect(isBroken('loop: descriptors')).toBe(true);
    expect(isBroken('follower: descriptors')).toBe(false);
    expect(breaches).toEqual([]);
    expect(counts).toMatchObject({ gaps: 0, duplicates: 0, 'times every story was what is on disk': 1 });
    expect(counts['sessions']).toBeGreaterThanOrEqual(6);
    expect(readdirSync(directory)).toEqual([]);
    expect(processesOf(directory)).toEqual([]);
  }, 60_000);

  it('ends what it started when it is interrupted', async () => {
    const directory = freshDirectory('interrupted');
    const child = spawn(process.execPath, ['dist/scripts/soak.js', '--sessions', '2'], {
      env: { ...process.env, TMPDIR: directory },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const ended = once(child, 'exit');
    for await (const line of createInterface({ input: child.stderr })) {
      if (line.includes('all watch')) child.kill('SIGINT');
    }
    expect(await ended).toEqual([130, null]);
    expect(readdirSync(directory)).toEqual([]);
    expect(processesOf(directory)).toEqual([]);
  }, 60_000);
});
